import type { Condition, MountRuleValue } from "../rules/index.ts";
import { mountOptions } from "../vocabulary/index.ts";
import { clause, code, codes, listed } from "./lists.ts";
import { sayNamed, sayProfileName, valuesOf } from "./names.ts";
import { sayPaths } from "./paths.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** A mount, remount, umount or pivot_root rule in words. */
export function sayMount(value: MountRuleValue): Phrase {
  if (value.kind === "mount") return phrase(mountWords(value), mountDanger(value));
  if (value.kind === "remount") {
    return phrase(`change the options of ${mountedWords(value)}${optionWords(value.conditions, isChange)}`, "medium");
  }
  if (value.kind === "umount") {
    const types = typeWords(value.conditions, "mounts");
    const what = types === "" ? mountedWords(value) : `${types} at ${pathWords(value.target ?? value.source)}`;
    return phrase(`unmount ${what}${optionWords(value.conditions, () => true)}`, "medium");
  }
  return phrase(pivotWords(value), "high");
}

function pathWords(path: string | null): string {
  return path === null ? "any place" : sayPaths([path]).words;
}

function mountedWords({ source, target }: MountRuleValue): string {
  const at = target ?? source;
  return at === null ? "any mount" : `what is mounted at ${pathWords(at)}`;
}

function pivotWords({ target, conditions, transition }: MountRuleValue): string {
  const old = valuesOf(conditions, "oldroot")[0];
  const root = target === null ? "any folder" : sayPaths([target]).words;
  return listed([
    `make ${root} the root of its file tree`,
    ...(old === undefined ? [] : [`keep the old root at ${sayPaths([old]).words}`]),
    ...(transition === null ? [] : [`go on under ${sayProfileName(transition)}`]),
  ]);
}

/** Every spelling of an option that is an operation or a matter of propagation, with its main one. */
const operations: ReadonlyMap<string, string> = new Map(
  mountOptions
    .filter(({ kind }) => kind !== "property")
    .flatMap(({ name, aliases }) => [name, ...aliases].map((spelling) => [spelling, name] as const)),
);

function isChange(option: string): boolean {
  return operations.get(option) !== "remount";
}

/** The one operation that a mount rule is about, where its options name one. */
function operationOf(conditions: readonly Condition[]): string | null {
  const named = [
    ...new Set(valuesOf(conditions, "options", "option").flatMap((option) => operations.get(option) ?? [])),
  ];
  // A bind mount is remounted by both words.
  if (named.includes("remount")) return "remount";
  return named.length === 1 ? (named[0] ?? null) : null;
}

function mountWords(value: MountRuleValue): string {
  const { source, target, conditions } = value;
  const operation = operationOf(conditions);
  const rest = optionWords(conditions, (option) => !operations.has(option));
  const place = target === null ? "any place" : sayPaths([target]).words;
  if (operation === "bind" || operation === "rbind") {
    const deep = operation === "rbind" ? ", all mounts below it included" : "";
    return `show ${source === null ? "any file or folder" : sayPaths([source]).words} a second time at ${place}${deep}${rest}`;
  }
  if (operation === "move") {
    return `move ${source === null ? "any mount" : `the mount at ${sayPaths([source]).words}`} to ${target === null ? "any place" : sayPaths([target]).words}${rest}`;
  }
  if (operation === "remount") {
    const where = target ?? source;
    return `change the options of ${where === null ? "any mount" : `what is mounted at ${sayPaths([where]).words}`}${rest}`;
  }
  if (operation !== null) {
    const where = target ?? source;
    const spread = mountOptions.find(({ name }) => name === operation);
    const about = spread === undefined ? "" : ` (${clause(spread.sentence).replace(". With", "; with")})`;
    return `set ${where === null ? "any mount" : `the mount at ${sayPaths([where]).words}`} to ${code(operation)}${about}${rest}`;
  }
  const types = typeWords(conditions, "file systems");
  const what = types === "" ? "file systems of any type" : types;
  // Of file systems without a device the source is a mere name.
  const named = source === null || source === "none" || valuesOf(conditions, "fstype", "vfstype").includes(source);
  const from = named || source === null ? "" : ` from ${sourceWords(source)}`;
  return `mount ${what}${from}${from.includes(" whose ") ? "," : ""} onto ${place}${optionWords(conditions, () => true)}`;
}

/** The source of a mount need not be a path: `tmpfs`, `none`. */
function sourceWords(source: string): string {
  return source.startsWith("/") || source.startsWith("@{")
    ? sayPaths([source]).words
    : sayNamed("source", "sources", source);
}

function typeWords(conditions: readonly Condition[], noun: string): string {
  const types = valuesOf(conditions, "fstype", "vfstype");
  if (types.length === 0) return "";
  const plain = types.every((type) => !/[*?[{@]/u.test(type));
  if (plain) return `${noun} of the type ${codes(types, "or")}`;
  return `${noun} of ${listed(
    types.map((type) => sayNamed("type", "types", type)),
    "or",
  )}`;
}

function optionWords(conditions: readonly Condition[], kept: (option: string) => boolean): string {
  const said = conditions.flatMap(({ key, operator, values }) => {
    if (key !== "options" && key !== "option") return [];
    const shown = values.filter(kept);
    if (shown.length === 0) return [];
    const many = shown.length > 1 ? "options" : "option";
    return operator === "in"
      ? [`with no options but ${codes(shown, "and", 20)}`]
      : [`with exactly the ${many} ${codes(shown, "and", 20)}`];
  });
  return said.length === 0 ? "" : `, ${listed(said, "or")}`;
}

function mountDanger({ source, target, conditions }: MountRuleValue): "medium" | "high" | "total" {
  if (target === null && source === null && conditions.length === 0) return "total";
  if (target === null || target.startsWith("/**")) return "high";
  const operation = operationOf(conditions);
  return operation === null || operation === "remount" ? "medium" : "high";
}
