import { viewFile } from "@hauberk/core/design";
import { checkRule, meantPath, type MeantPath } from "@hauberk/core/edit";
import { type ExecMode, type FilePermission, type RuleValue, writeRule } from "@hauberk/core/rules";

import { checkPath, type PathCheck } from "../../panel/path-check.ts";
import { sentence } from "../../panel/sentence.ts";
import { newPathRule } from "./paths-model.ts";

/** A line of a pasted text: what it adds, why it can't, or nothing to add. */
export type PastedLine =
  | {
      readonly outcome: "rule";
      readonly number: number;
      readonly text: string;
      readonly value: RuleValue;
      readonly warnings: readonly string[];
    }
  | { readonly outcome: "skipped"; readonly number: number; readonly text: string; readonly reason: string }
  | {
      readonly outcome: "unclear";
      readonly number: number;
      readonly text: string;
      readonly reason: string;
      /** Whole lines that would work instead, each with what it means. */
      readonly instead: readonly { readonly text: string; readonly words: string }[];
    };

/** The permissions of a bare path: letters to tick, and an exec mode where the default says so. */
export interface DefaultAccess {
  readonly permissions: readonly FilePermission[];
  readonly exec: ExecMode | null;
  readonly owner: boolean;
}

/** Reads one rule in AppArmor's own grammar, or null where the line is no single whole rule. */
function readRule(line: string): RuleValue | null {
  const text = `profile pasted {\n${line}\n}\n`;
  const file = viewFile("pasted", text);
  const profile = file.profiles[0];
  const placed = profile?.rules[0];
  if (file.tree.errors.length > 0 || profile === undefined || placed === undefined) return null;
  const alone = profile.rules.length === 1 && profile.includes.length === 0 && profile.children.length === 0;
  return alone && placed.within.length === 0 ? placed.rule.value : null;
}

/** A line that is `path permissions` or `permissions path` with blanks in the path, which the grammar wants quoted. */
function quoted(line: string): string | null {
  const parts =
    /^(?<qualifiers>(?:(?:owner|audit|deny|allow)\s+)*)(?<path>[/@].*\s.*?)\s+(?<permissions>[rwaklmixpcPUCu]+),?$/.exec(
      line,
    );
  const { qualifiers, path, permissions } = parts?.groups ?? {};
  if (path === undefined || path.includes('"')) return null;
  return `${qualifiers ?? ""}"${path}" ${permissions ?? ""},`;
}

/** A blank in a path that stands without quotes may be a slip of the hand in the permissions: say how it was read. */
function blankWords(line: string, path: string): readonly string[] {
  if (!/\s/.test(path) || line.includes('"')) return [];
  const last = path.split(/\s+/).at(-1) ?? "";
  return line.replace(/,$/, "").endsWith(last)
    ? [`Read as one path with a blank in it: \`${last}\` are no permissions.`]
    : [];
}

/** The commonest refusal, with what to write instead. */
function bareExec(value: RuleValue): string | null {
  if (value.kind !== "file" || value.exec !== "x" || value.qualifiers.access === "deny") return null;
  return "A bare `x` stands only in a deny: say how it runs, for example `ix` (inherit this profile).";
}

/** A line that no reading fits: why, in words that help to mend it, and the same line with a path that works. */
function unclearLine(at: { readonly number: number; readonly text: string }): PastedLine {
  const line = at.text;
  const first = /[^\s,]*/.exec(line.replace(/^((owner|audit|deny|allow|file)\s+)*/, ""))?.[0] ?? "";
  if (/^(?:[.~$]|%[A-Za-z]|file:)/.test(first)) {
    const check = checkPath(first, null);
    if (!check.ok) return { ...at, outcome: "unclear", reason: check.reason, instead: insteadOf(line, first, check) };
  }
  const reason = /[{}]$/.test(line)
    ? "Only single rules: open the text at the right for profiles and blocks."
    : "Neither a path, nor a path with permissions, nor a whole rule.";
  return { ...at, outcome: "unclear", reason, instead: [] };
}

/** The line with each path that would work; one of files that are a user's own is made the owner's. */
function insteadOf(line: string, path: string, check: Extract<PathCheck, { ok: false }>) {
  return check.instead.map(({ path: other, owner, why }) => {
    const mended = line.replace(path, () => other);
    return { text: owner && !/\bowner\b/.test(line) ? `owner ${mended}` : mended, words: why };
  });
}

/**
 * Reads a pasted text line by line: whole rules of any kind, `path permissions`, `permissions path`, or bare paths,
 * which get the default. Comments and empty lines are skipped, the rest is kept as unclear with a reason.
 */
export function readPasted(text: string, access: DefaultAccess, declared: ReadonlySet<string> | null): PastedLine[] {
  return text.split(/\r?\n/).flatMap((raw, index): PastedLine[] => {
    const line = raw.trim();
    const at = { number: index + 1, text: line };
    if (line === "") return [];
    if (line.startsWith("#") && !line.startsWith("#include"))
      return [{ ...at, outcome: "skipped", reason: "a comment" }];
    const value = readLine(line, access);
    if (value === null) return [unclearLine(at)];
    const refused = checkRule(value);
    if (refused !== null)
      return [{ ...at, outcome: "unclear", reason: bareExec(value) ?? sentence(refused), instead: [] }];
    if (value.kind !== "file" || value.path === null) return [{ ...at, outcome: "rule", value, warnings: [] }];
    const check = checkPath(value.path, declared);
    if (!check.ok)
      return [{ ...at, outcome: "unclear", reason: check.reason, instead: insteadOf(line, value.path, check) }];
    return [{ ...at, outcome: "rule", value, warnings: [...blankWords(line, value.path), ...check.warnings] }];
  });
}

function readLine(line: string, access: DefaultAccess): RuleValue | null {
  // A file manager's address begins with a keyword of rules.
  if (line.startsWith("file://")) return null;
  if (/^[/@"]/.test(line)) {
    const bare = /^"([^"]*)"?,?$/.exec(line)?.[1] ?? (/\s/.test(line) ? null : line.replace(/,$/, ""));
    if (bare !== null && checkPath(bare, null).ok) return newPathRule(bare, access);
  }
  const whole = line.endsWith(",") || line.includes(", #") || /,\s*#/.test(line) ? line : `${line},`;
  const value = readRule(whole);
  if (value !== null) return value;
  const withQuotes = quoted(line);
  const second = withQuotes === null ? null : readRule(withQuotes);
  if (second !== null) return second;
  if (line.startsWith("/") && /\s/.test(line) && !/\s[rwaklmix]+,?$/i.test(line)) {
    return checkPath(line, null).ok ? newPathRule(line, access) : null;
  }
  return null;
}

/** The rule that a pasted line becomes, as text. */
export function pastedText(value: RuleValue): string {
  return writeRule(value);
}

/** Offers for a line that are worth their room: more would hide the other lines. */
const mostOffers = 2;

/** Offers by path: a preview asks for each of its lines at each key. */
const offers = new Map<string, readonly MeantPath[]>();

/** Lines that say what is probably meant by a pasted path, with what they mean; none where it fits as it is. */
export function meantLines(value: RuleValue): readonly { readonly text: string; readonly words: string }[] {
  // A path with variables or globs was written for AppArmor already.
  if (value.kind !== "file" || value.path === null || /[@{*?[]/u.test(value.path)) return [];
  let found = offers.get(value.path);
  if (found === undefined) {
    found = meantPath(value.path).slice(0, mostOffers);
    if (offers.size > 2000) offers.clear();
    offers.set(value.path, found);
  }
  const { qualifiers } = value;
  return found.map(({ path, owner, why }) => ({
    text: writeRule({ ...value, path, qualifiers: owner ? { ...qualifiers, owner: "owner" } : qualifiers }),
    words: why,
  }));
}
