import {
  writeRule,
  type CapabilityRuleValue,
  type FileRuleValue,
  type Qualifiers,
  type RuleValue,
} from "../rules/index.ts";
import { filePermissions } from "../vocabulary/index.ts";
import { code, codes, listed } from "../words/index.ts";

/** What is different between two values of one rule, in a sentence that begins with what the rule is about. */
export function sayDifference(before: RuleValue, after: RuleValue): string {
  const own =
    before.kind === "file" && after.kind === "file"
      ? fileDifferences(before, after)
      : before.kind === "capability" && after.kind === "capability"
        ? nameDifferences(before, after)
        : [];
  const all = [...own, ...qualifierDifferences(before.qualifiers, after.qualifiers)];
  if (all.length === 0 || !isSaidWhole(before, after)) {
    return `${code(bare(before))} is now ${code(bare(after))}.`;
  }
  return `${subjectOf(before, after)} ${listed(all)}.`;
}

/** The qualifiers and what file and capability rules hold have words here; of other kinds the texts stand side by side. */
function isSaidWhole(before: RuleValue, after: RuleValue): boolean {
  if (before.kind === "file" && after.kind === "file") return before.path !== null && after.path !== null;
  if (before.kind === "capability" && after.kind === "capability") {
    return before.names.length > 0 && after.names.length > 0;
  }
  return false;
}

function bare(value: RuleValue): string {
  return writeRule(value).replace(/,$/u, "");
}

function subjectOf(before: RuleValue, after: RuleValue): string {
  if (before.kind === "file" && after.kind === "file") {
    return before.path === after.path
      ? `The rule on ${code(before.path ?? "")}`
      : `The rule on ${code(before.path ?? "")} is one on ${code(after.path ?? "")} now, and`;
  }
  return before.kind === "capability" ? "The rule on capabilities" : "The rule";
}

function fileDifferences(before: FileRuleValue, after: FileRuleValue): string[] {
  const gained = after.permissions.filter((letter) => !before.permissions.includes(letter));
  const lost = before.permissions.filter((letter) => !after.permissions.includes(letter));
  const found: string[] = [];
  if (gained.length > 0) found.push(`names ${lettersIn(gained)} too`);
  if (lost.length > 0) found.push(`no longer names ${lettersIn(lost)}`);
  if (before.exec !== after.exec) found.push(execDifference(before.exec, after.exec));
  if (before.execTarget !== after.execTarget) {
    found.push(
      after.execTarget === null
        ? `no longer leads to ${code(before.execTarget ?? "")}`
        : `leads to ${code(after.execTarget)}`,
    );
  }
  if (before.safety !== after.safety) {
    found.push(
      after.safety === null ? `is no longer marked ${code(before.safety ?? "")}` : `is marked ${code(after.safety)}`,
    );
  }
  if (found.length === 0 && before.path !== after.path) found.push("says the same of it");
  return found;
}

function execDifference(before: string | null, after: string | null): string {
  if (before === null) return `lets it be started (${code(after ?? "")})`;
  if (after === null) return `no longer lets it be started (${code(before)})`;
  return `starts it by ${code(after)} in place of ${code(before)}`;
}

/** `write (`w`)` */
function lettersIn(letters: readonly string[]): string {
  return listed(
    letters.map((letter) => {
      const word = filePermissions.find(({ name }) => name === letter);
      return word === undefined ? code(letter) : `“${word.title}” (${code(letter)})`;
    }),
  );
}

function nameDifferences(before: CapabilityRuleValue, after: CapabilityRuleValue): string[] {
  const gained = after.names.filter((name) => !before.names.includes(name));
  const lost = before.names.filter((name) => !after.names.includes(name));
  return [
    ...(gained.length === 0 ? [] : [`names ${codes(gained)} too`]),
    ...(lost.length === 0 ? [] : [`no longer names ${codes(lost)}`]),
  ];
}

function qualifierDifferences(before: Qualifiers, after: Qualifiers): string[] {
  const found: string[] = [];
  if (isDeny(before) !== isDeny(after))
    found.push(isDeny(after) ? "refuses now what it allowed" : "allows now what it refused");
  if ((before.access === "prompt") !== (after.access === "prompt")) {
    found.push(after.access === "prompt" ? "asks a person each time" : "asks nobody any longer");
  }
  if (before.owner !== after.owner) {
    found.push(
      after.owner === null
        ? "holds for everyone's files now"
        : after.owner === "owner"
          ? "holds only for files of its own user now"
          : "holds only for files of other users now",
    );
  }
  if (before.audit !== after.audit) found.push(after.audit ? "logs each use now" : "no longer logs each use");
  if (before.quiet !== after.quiet) found.push(after.quiet ? "logs nothing now" : "is no longer kept out of the log");
  if (before.priority !== after.priority) {
    found.push(after.priority === null ? "has no priority any longer" : `has priority ${after.priority} now`);
  }
  return found;
}

function isDeny({ access }: Qualifiers): boolean {
  return access === "deny";
}
