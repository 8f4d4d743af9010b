import { effectiveQualifiers, isDropped, type ProfileRule } from "../design/index.ts";
import type { FileRuleValue, RuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import {
  capabilityNamed,
  execModeNamed,
  filePermissions,
  networkCellWords,
  worstDanger,
  wordNamed,
  type Danger,
} from "../vocabulary/index.ts";

/** A rule as a person would say it, and what it opens where the vocabulary knows. */
export interface RuleWords {
  readonly sentence: string;
  /** Null for a deny, and where nothing is known of the kind. */
  readonly danger: Danger | null;
}

/** What the kinds without words of their own are about. */
const subjects: Readonly<Record<Exclude<RuleValue["kind"], "file" | "capability" | "network" | "rlimit">, string>> = {
  all: "everything that AppArmor mediates",
  change_profile: "changing to another profile by itself",
  dbus: "messages over D-Bus, as far as the kernel and the bus mediate them",
  io_uring: "submitting work through io_uring",
  link: "making a hard link",
  mount: "mounting",
  mqueue: "message queues",
  pivot_root: "changing the root of the file system",
  ptrace: "looking into other processes, or being looked into",
  remount: "changing the options of a mount",
  signal: "sending or receiving signals",
  umount: "unmounting",
  unix: "unix sockets",
  userns: "making user namespaces",
};

/** A rule where it stands, in words. */
export function sayRule(tree: SyntaxTree, placed: ProfileRule): RuleWords {
  const { access, audit, conditional } = effectiveQualifiers(tree, placed);
  const { subject, danger } = subjectOf(placed.rule.value);
  const verb = access === "deny" ? "Refuses" : "Allows";
  const notes = [
    ...(audit ? ["Each use is logged."] : []),
    ...(access === "deny" && !audit ? ["Refusals are not logged, and no other rule can allow it again."] : []),
    ...(conditional ? ["It holds only where the condition around it does."] : []),
    ...(isDropped(placed) ? ["The parser forgets this rule: a block keeps only rules about files."] : []),
  ];
  const limit = placed.rule.value.kind === "rlimit";
  const sentence = [limit ? `Sets ${subject}.` : `${verb} ${subject}.`, ...notes].join(" ");
  return { sentence, danger: access === "deny" || isDropped(placed) ? null : danger };
}

interface Subject {
  readonly subject: string;
  readonly danger: Danger | null;
}

function subjectOf(value: RuleValue): Subject {
  if (value.kind === "file") return fileSubject(value);
  if (value.kind === "capability") return capabilitySubject(value.names);
  if (value.kind === "rlimit") return { subject: `the limit \`${value.resource}\` to ${value.value}`, danger: null };
  if (value.kind !== "network") return { subject: subjects[value.kind], danger: null };
  const words = networkCellWords(value.domain, value.protocol ?? value.type);
  const narrowed = value.permissions.length > 0 ? `, only to ${value.permissions.join(", ")}` : "";
  const [first = ""] = words.allows.split(/\.(?:\s|$)/u);
  return { subject: `sockets${narrowed}: ${first}`, danger: words.danger };
}

function capabilitySubject(names: readonly string[]): Subject {
  if (names.length === 0) return { subject: "every capability", danger: "total" };
  const known = names.flatMap((name) => capabilityNamed(name) ?? []);
  const noun = names.length === 1 ? "capability" : "capabilities";
  return { subject: `the ${noun} ${list(names)}`, danger: worstDanger(known.map(({ danger }) => danger)) };
}

function fileSubject(value: FileRuleValue): Subject {
  const { path, permissions, exec, execTarget, qualifiers } = value;
  if (path === null)
    return { subject: "every access to every file, and starting every program under this profile", danger: "total" };
  const mode = exec === null ? undefined : execModeNamed(exec);
  const verbs = permissions.flatMap((letter) => wordNamed(filePermissions, letter)?.title ?? []);
  const started =
    mode === undefined
      ? []
      : [exec === "x" ? "execute" : `start (${mode.title}${execTarget === null ? "" : `: \`${execTarget}\``})`];
  const whose =
    qualifiers.owner === "owner"
      ? " where the file belongs to the program's user"
      : qualifiers.owner === "other"
        ? " where the file belongs to somebody else"
        : "";
  const dangers = [
    ...permissions.flatMap((letter) => wordNamed(filePermissions, letter)?.danger ?? []),
    ...(mode === undefined ? [] : [mode.danger]),
  ];
  return { subject: `to ${list([...verbs, ...started], false)} \`${path}\`${whose}`, danger: worstDanger(dangers) };
}

/** `a`, `b` and `c`. */
function list(words: readonly string[], quoted = true): string {
  const shown = quoted ? words.map((word) => `\`${word}\``) : words;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
