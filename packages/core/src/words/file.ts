import type { FilePermission, FileRuleValue } from "../rules/index.ts";
import { execModeNamed, worstDanger } from "../vocabulary/index.ts";
import { everythingBehind, fileDanger, sensitiveOf } from "./file-danger.ts";
import { code, listed } from "./lists.ts";
import { sayProfileName } from "./names.ts";
import { sayPaths, type PathWords } from "./paths.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

const verbs: Readonly<Record<FilePermission, string>> = {
  r: "read",
  w: "write",
  a: "append to",
  k: "lock",
  l: "create by hard link",
  m: "load as code",
};

/** The order in which the verbs are said. */
const order: readonly FilePermission[] = ["r", "w", "a", "k", "m", "l"];

/** A file rule in words. */
export function sayFile(value: FileRuleValue, manner: Manner): Phrase {
  if (value.path === null) {
    const act =
      manner.access === "deny"
        ? "use any file in any way, or start any program"
        : "use every file in every way, and start every program, to run under this same profile";
    return phrase(`${act}${ownerWords(manner.owner, manner.access)}`, "total");
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
  const act = `${fileVerbs(first, said, joiner)} ${said.words}${ownerWords(manner.owner, manner.access)}${linkWords(first)}${execWords(first)}`;
  const notes = manner.access === "deny" ? [] : values.flatMap((value) => pathNotes(value, manner));
  return phrase(act, worstDanger(values.map((value) => fileDanger(value, manner.values))), [...new Set(notes)]);
}

/** What of the path a person must know beside the words for it. */
function pathNotes(value: FileRuleValue, { values }: Manner): readonly string[] {
  const everything = everythingBehind(value, values);
  if (everything !== null)
    return [`As its variables are set, ${code(value.path ?? "")} is ${code(everything)}: every file.`];
  return [sensitiveOf(value, values)?.sentence ?? []].flat();
}

/** What is done with the files: read, write and start. */
export function fileVerbs(
  { permissions, exec }: Pick<FileRuleValue, "permissions" | "exec">,
  { folders }: PathWords,
  joiner: "and" | "or",
): string {
  // No kernel makes hard links of folders.
  const asked = folders && permissions.length > 1 ? permissions.filter((letter) => letter !== "l") : permissions;
  const said = order.filter((letter) => asked.includes(letter)).flatMap((letter) => verbsOf(letter, folders));
  const all = exec === null ? said : [...said, "start"];
  return all.length === 0 ? "do nothing with" : listed(all, joiner);
}

/** To read a folder is to list it; to write it is to make and to remove it. */
function verbsOf(letter: FilePermission, folders: boolean): readonly string[] {
  if (folders && letter === "r") return ["list"];
  return folders && letter === "w" ? ["create", "remove"] : [verbs[letter]];
}

/** Whose files are meant. */
export function ownerWords(owner: Manner["owner"], access: Manner["access"]): string {
  if (owner === null) return "";
  const whom = owner === "owner" ? "the user it runs as" : "somebody else";
  return access === "deny" ? `, where that belongs to ${whom}` : `, but only what belongs to ${whom}`;
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
  const named = execTarget === null ? null : targetWords(execTarget, child);
  const where = named ?? (child ? "the child profile made for it" : "the profile made for it");
  return `, to run under ${where}${missingWords(mode.fallback, named !== null)}${kept}`;
}

/** What happens where the profile is not there. Of a named one it goes without saying that nothing starts without it. */
function missingWords(fallback: "inherit" | "unconfined" | null, named: boolean): string {
  const missing = named ? "where that is missing" : "where there is none";
  if (fallback === "inherit") return `, or under this one ${missing}`;
  if (fallback === "unconfined") return `, or without any profile ${missing}`;
  return named ? "" : " (it does not start where there is none)";
}

/** The profile behind `->`. With a leading `&` it comes on top of another one. */
function targetWords(target: string, child: boolean): string {
  if (target.startsWith("&")) {
    const own = child ? "this same profile" : "the profile made for it";
    return `${own} and ${sayProfileName(target.slice(1))} at once, so that only what both allow is allowed`;
  }
  const said = sayProfileName(target);
  return child ? said.replace(/^the profile/u, "the child profile") : said;
}
