import { dangerRank } from "../vocabulary/index.ts";
import type { ChangeAct, ChangeCount, ChangeSubject, ReviewChange, ReviewedFile } from "./change.ts";

/** What a change is called when it is counted: one, and many. */
const nouns: Readonly<Record<ChangeSubject, readonly [one: string, many: string]>> = {
  rule: ["rule", "rules"],
  include: ["include", "includes"],
  abi: ["abi line", "abi lines"],
  variable: ["variable", "variables"],
  boolean: ["switch", "switches"],
  alias: ["alias", "aliases"],
  profile: ["profile", "profiles"],
  attachment: ["attachment", "attachments"],
  flags: ["profile's flags", "profiles' flags"],
  xattrs: ["profile's extended attributes", "profiles' extended attributes"],
  file: ["file", "files"],
  config: ["setting of `hauberk.json`", "settings of `hauberk.json`"],
};

const subjects: readonly ChangeSubject[] = [
  "rule",
  "profile",
  "flags",
  "attachment",
  "xattrs",
  "include",
  "variable",
  "boolean",
  "alias",
  "abi",
  "file",
  "config",
];

const acts: readonly ChangeAct[] = ["added", "changed", "renamed", "removed"];

/** True for high and total danger. */
export function isDangerous({ danger }: Pick<ReviewChange, "danger">): boolean {
  return danger !== null && dangerRank(danger) >= dangerRank("high");
}

/** Counts changes; a new name counts as a change. */
export function countChanges(changes: readonly ReviewChange[]): ChangeCount {
  const count = (...wanted: readonly ChangeAct[]): number => changes.filter(({ act }) => wanted.includes(act)).length;
  return {
    added: count("added"),
    removed: count("removed"),
    changed: count("changed", "renamed"),
    dangerous: changes.filter(isDangerous).length,
  };
}

/** What changed, counted, in one sentence. */
export function headlineOf(changes: readonly ReviewChange[], files: readonly ReviewedFile[]): string {
  const parts = subjects.flatMap((subject) =>
    acts.flatMap((act) => {
      const found = changes.filter((change) => change.subject === subject && change.act === act);
      return found.length === 0 ? [] : [partOf(found, subject, act)];
    }),
  );
  const layout = files.filter(({ state }) => state === "layout").length;
  if (layout > 0) parts.push(`${layout === 1 ? "1 file" : `${layout} files`} changed only in layout`);
  const other = files.filter(
    ({ path, state }) => state === "changed" && !changes.some(({ file }) => file === path),
  ).length;
  if (other > 0) parts.push(`${other === 1 ? "1 file" : `${other} files`} changed in what can't be told rule by rule`);
  return parts.length === 0 ? "Nothing is different." : `${parts.join("; ")}.`;
}

function partOf(found: readonly ReviewChange[], subject: ChangeSubject, act: ChangeAct): string {
  const [one, many] = nouns[subject];
  const counted = `${found.length} ${found.length === 1 ? one : many} ${act}`;
  const grave = found.filter(isDangerous).length;
  if (grave === 0) return counted;
  if (grave === found.length) return `${counted}, ${grave === 1 ? "dangerous" : "all dangerous"}`;
  return `${counted}, ${grave} of them dangerous`;
}
