import type { Condition, MountRuleValue } from "../rules/index.ts";
import { clause, code, codes, listed } from "./lists.ts";
import { mountNotes } from "./mount-notes.ts";
import { isOperation, isSpread, operationOf, operationsAmong, optionLists, spreadOf } from "./mount-operations.ts";
import { sayNamed, sayProfileName, valuesOf } from "./names.ts";
import { sayPaths } from "./paths.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";
import { pathForms, type VariableValues } from "./variable-values.ts";

/** A mount, remount, umount or pivot_root rule in words. */
export function sayMount(value: MountRuleValue, { access, values }: Manner): Phrase {
  const notes = mountNotes(value);
  if (value.kind === "mount") {
    return phrase(joinedActs(mountActs(value), access === "deny" ? "or" : "and"), mountDanger(value, values), notes);
  }
  if (value.kind === "remount") return phrase(remountWords(value), "medium", notes);
  if (value.kind === "umount") return phrase(`unmount ${mountedWords(value)}`, "medium", notes);
  return phrase(pivotWords(value), "high", notes);
}

/** Acts that hold commas of their own. */
function joinedActs(acts: readonly string[], joiner: "and" | "or"): string {
  const last = acts.at(-1) ?? "";
  return acts.length < 2 ? last : `${acts.slice(0, -1).join("; ")}; ${joiner} ${last}`;
}

function pathWords(path: string | null, none: string): string {
  return path === null ? none : sayPaths([path]).words;
}

function mountedWords({ source, target }: MountRuleValue): string {
  const at = target ?? source;
  return at === null ? "any mount" : `what is mounted at ${pathWords(at, "")}`;
}

function pivotWords({ target, conditions, transition }: MountRuleValue): string {
  const old = valuesOf(conditions, "oldroot")[0];
  const kept = old === undefined ? "" : `, with the old root at ${pathWords(old, "")}`;
  const under = transition === null ? "" : `, going on under ${sayProfileName(transition)}`;
  return `make ${pathWords(target, "any folder")} the root of its file tree${kept}${under}`;
}

function remountWords(value: MountRuleValue): string {
  const options = listed(
    optionLists(value.conditions).map(({ within, options: all }) => {
      const named = all.filter((option) => operationsAmong([option])[0] !== "remount");
      if (named.length === 0) return "the defaults (`rw`, `suid`, `dev` and `exec`)";
      return within ? `no others than ${codes(named, "and", 20)}` : `exactly ${codes(named, "and", 20)}`;
    }),
    "or",
  );
  const mounted = mountedWords(value);
  return `change the options of ${mounted}${options === "" ? "" : `${mounted.includes(",") ? "," : ""} to ${options}`}`;
}

/** Everything that a mount rule is about: one thing where its options name the operation, else several. */
function mountActs(value: MountRuleValue): readonly string[] {
  const { source, target, conditions } = value;
  const only = operationOf(conditions);
  if (only === "remount") return [remountWords(value)];
  if (only !== null)
    return [`${operationWords(only, value)}${optionWords(conditions, (option) => !isOperation(option))}`];
  const fresh = `mount ${newMountWords(value)}`;
  const lists = optionLists(conditions);
  if (lists.length > 0) {
    // `options in` leaves it open which of them is used.
    const also = [...new Set(lists.flatMap(({ options }) => operationsAmong(options)))];
    const rest = optionWords(conditions, (option) => !isOperation(option));
    return [`${fresh}${rest}`, ...also.map((operation) => operationWords(operation, value))];
  }
  if (typeWords(conditions) !== "") return [`${fresh}, with any options`];
  // Without any condition it is about every operation that fits the places.
  return [
    `${fresh}, with any options`,
    operationWords("bind", value),
    operationWords("move", value),
    ...(source === null ? [`change the options of ${mountedWords({ ...value, target })}`] : []),
  ];
}

function operationWords(operation: string, { source, target }: MountRuleValue): string {
  const place = pathWords(target, "any place");
  if (operation === "bind" || operation === "rbind") {
    const deep = operation === "rbind" ? ", all mounts below it included" : "";
    return `show ${pathWords(source, "any file or folder")} a second time at ${place}${deep}`;
  }
  if (operation === "move") {
    return `move ${source === null ? "any mount" : `the mount at ${pathWords(source, "")}`} to ${place}`;
  }
  const at = target ?? source;
  if (operation === "remount")
    return `change the options of ${at === null ? "any mount" : `what is mounted at ${pathWords(at, "")}`}`;
  const about = ` (${clause(spreadOf(operation)).replace(". With", "; with")})`;
  return `set ${at === null ? "any mount" : `the mount at ${pathWords(at, "")}`} to ${code(operation)}${isSpread(operation) ? about : ""}`;
}

/** What is mounted from where onto what. */
function newMountWords({ source, target, conditions }: MountRuleValue): string {
  const types = typeWords(conditions);
  const what = types === "" ? "file systems of any type" : types;
  // Of file systems without a device the source is a mere name.
  const named = source === null || source === "none" || valuesOf(conditions, "fstype", "vfstype").includes(source);
  const from = named || source === null ? "" : ` from ${sourceWords(source)}`;
  return `${what}${from}${from.includes(" whose ") ? "," : ""} onto ${pathWords(target, "any place")}`;
}

/** The source of a mount need not be a path: `tmpfs`, `none`. */
function sourceWords(source: string): string {
  return source.startsWith("/") || source.startsWith("@{")
    ? sayPaths([source]).words
    : sayNamed("source", "sources", source);
}

function typeWords(conditions: readonly Condition[]): string {
  const types = valuesOf(conditions, "fstype", "vfstype");
  if (types.length === 0) return "";
  const plain = types.every((type) => !/[*?[{@]/u.test(type));
  if (plain) return `file systems of the type ${codes(types, "or")}`;
  return `file systems of ${listed(
    types.map((type) => sayNamed("type", "types", type)),
    "or",
  )}`;
}

function optionWords(conditions: readonly Condition[], kept: (option: string) => boolean): string {
  const said = optionLists(conditions).flatMap(({ within, options }) => {
    const shown = options.filter(kept);
    if (shown.length === 0) return [];
    const many = shown.length > 1 ? "options" : "option";
    return within
      ? [`with no options but ${codes(shown, "and", 20)}`]
      : [`with exactly the ${many} ${codes(shown, "and", 20)}`];
  });
  return said.length === 0 ? "" : `, ${listed(said, "or")}`;
}

function mountDanger(
  { source, target, conditions }: MountRuleValue,
  values: VariableValues,
): "medium" | "high" | "total" {
  if (target === null && source === null && conditions.length === 0) return "total";
  if (target === null || pathForms(target, values).some((form) => form.startsWith("/**"))) return "high";
  const operation = operationOf(conditions);
  if (operation !== null) return operation === "remount" ? "medium" : "high";
  const moves = optionLists(conditions).some(({ options }) => operationsAmong(options).length > 0);
  return moves || conditions.length === 0 ? "high" : "medium";
}
