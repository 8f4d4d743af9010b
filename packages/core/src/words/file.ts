import type { FilePermission, FileRuleValue } from "../rules/index.ts";
import {
  dangerRank,
  type Danger,
  execModeNamed,
  filePermissions,
  type SensitivePath,
  sensitivePath,
  wordNamed,
  worstDanger,
} from "../vocabulary/index.ts";
import { listed } from "./lists.ts";
import { sayProfileName } from "./names.ts";
import { sayPaths, type PathWords } from "./paths.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

const verbs: Readonly<Record<FilePermission, string>> = {
  r: "read",
  w: "write",
  a: "append to",
  k: "lock",
  l: "make hard links at",
  m: "load as code",
};

/** The order in which the verbs are said. */
const order: readonly FilePermission[] = ["r", "w", "a", "k", "m", "l"];

/** A file rule in words. */
export function sayFile(value: FileRuleValue, manner: Manner): Phrase {
  if (value.path === null) {
    return phrase("use every file in every way, and start every program under this same profile", "total");
  }
  return sayFileRules([value], manner);
}

/** Several file rules that differ in nothing but their paths, in one phrase. */
export function sayFileRules(values: readonly FileRuleValue[], manner: Manner): Phrase {
  const [first] = values;
  if (first === undefined) return phrase("", null);
  const paths = values.flatMap(({ path }) => path ?? []);
  const joiner = manner.access === "deny" ? "or" : "and";
  const said = sayPaths(paths, { owned: manner.owner === "owner", joiner });
  const act = `${fileVerbs(first, said, joiner)} ${said.words}${ownerWords(manner.owner)}${linkWords(first)}${execWords(first)}`;
  const notes = manner.access === "deny" ? [] : [...new Set(values.flatMap(sensitiveNotes))];
  return phrase(act, worstDanger(values.map(fileDanger)), notes);
}

/** What makes the path worth more than others, where the rule reads or writes it. */
function sensitiveNotes(value: FileRuleValue): readonly string[] {
  const sensitive = sensitiveOf(value);
  return sensitive === null ? [] : [sensitive.sentence];
}

function sensitiveOf({ path, permissions }: FileRuleValue): SensitivePath | null {
  const writes = permissions.some((letter) => letter === "w" || letter === "a" || letter === "l");
  if (path === null || (!writes && !permissions.includes("r"))) return null;
  return sensitivePath(path, writes);
}

/** What is done with the files: read, write and start. */
export function fileVerbs(
  { permissions, exec }: Pick<FileRuleValue, "permissions" | "exec">,
  { folders }: PathWords,
  joiner: "and" | "or",
): string {
  const said = order.filter((letter) => permissions.includes(letter)).flatMap((letter) => verbsOf(letter, folders));
  const all = exec === null ? said : [...said, "start"];
  return all.length === 0 ? "do nothing with" : listed(all, joiner);
}

/** To read a folder is to list it; to write it is to make and to remove it. */
function verbsOf(letter: FilePermission, folders: boolean): readonly string[] {
  if (folders && letter === "r") return ["list"];
  return folders && letter === "w" ? ["create", "remove"] : [verbs[letter]];
}

/** Whose files are meant. */
export function ownerWords(owner: Manner["owner"]): string {
  if (owner === null) return "";
  return owner === "owner"
    ? ", but only what belongs to the user it runs as"
    : ", but only what belongs to somebody else";
}

function linkWords({ execTarget, exec, permissions }: FileRuleValue): string {
  if (execTarget === null || exec !== null || !permissions.includes("l")) return "";
  return `; the links may lead to ${sayPaths([execTarget]).words}`;
}

/** Under what the started program runs. */
function execWords({ exec, execTarget, safety }: FileRuleValue): string {
  const mode = exec === null ? undefined : execModeNamed(exec);
  if (mode === undefined || mode.goal === "none") return "";
  if (mode.goal === "inherit") return ", to run under this same profile";
  const kept =
    mode.scrubs && safety !== "unsafe" ? "" : ", and with this program's environment, through which it can be steered";
  if (mode.goal === "unconfined") return `, to run without any profile${kept}`;
  const child = mode.goal === "child";
  const named = execTarget === null ? null : child ? childName(execTarget) : sayProfileName(execTarget);
  const where = named ?? (child ? "the child profile made for it" : "the profile made for it");
  const missing = named === null ? "where there is none" : "where that is missing";
  const otherwise =
    mode.fallback === null
      ? named === null
        ? ", or not at all"
        : ""
      : mode.fallback === "inherit"
        ? `, or under this one ${missing}`
        : `, or without any profile ${missing}`;
  return `, to run under ${where}${otherwise}${kept}`;
}

function childName(name: string): string {
  return sayProfileName(name).replace(/^the profile/u, "the child profile");
}

/** What a file rule opens. A whole tree is worse than a file in it. */
export function fileDanger(value: FileRuleValue): Danger {
  const { path, permissions, exec, safety } = value;
  const mode = exec === null ? undefined : execModeNamed(exec);
  // To load as code what it can't change is what every program does with its libraries.
  const graded = permissions.filter((letter) => letter !== "m");
  const letters = graded.flatMap((letter) => wordNamed(filePermissions, letter)?.danger ?? []);
  const changes = permissions.includes("w");
  const starts = mode === undefined ? [] : [mode.danger, ...(safety === "unsafe" ? (["medium"] as const) : [])];
  // What was written can then be run.
  const runsWritten = changes && (permissions.includes("m") || exec === "ix") ? (["high"] as const) : [];
  const reach = reachOf(path ?? "");
  const broad: Danger[] =
    reach === "all" ? [changes ? "total" : "high"] : reach === "tree" ? [changes ? "high" : "medium"] : [];
  const sensitive = sensitiveOf(value);
  return worstDanger([
    ...letters,
    ...starts,
    ...runsWritten,
    ...broad,
    ...(sensitive === null ? [] : [sensitive.danger]),
  ]);
}

/** `all`: the whole file tree; `tree`: a whole top folder of the system, or everything of a user. */
function reachOf(path: string): "all" | "tree" | null {
  if (/^\/(?:\{,?\*\*\}|\*\*)$/u.test(path)) return "all";
  return /^(?:\/(?:etc|usr|var|home|root|boot|dev|proc|sys|bin|sbin|lib|home\/\*)|@\{(?:HOME|PROC|sys|HOMEDIRS)\})\/(?:\*\*|\{,\*\*\})$/u.test(
    path,
  )
    ? "tree"
    : null;
}

/** The worse of two dangers, null being none. */
export function worseOf(one: Danger | null, other: Danger | null): Danger | null {
  if (one === null || other === null) return one ?? other;
  return dangerRank(one) >= dangerRank(other) ? one : other;
}
