import type { ProfileRule } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";
import { allProfiles, type ReadFile, type ReadProfile } from "./design-views.ts";
import type { ParserMessage } from "./read-messages.ts";

/** A place in a design, 1-based. */
export interface FoundPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const variableNames = [
  /reference to variable (\S+?),? but is never declared/,
  /find declaration for: [@$]?\{?([\w-]+)/,
  /Variable [@$]?\{?([\w-]+)\}? (?:is referenced recursively|is not a set variable|references undefined)/,
  /failure expanding variable (\S+)/,
  /'[@$]\{?([\w-]+)\}?' is already defined/,
];

/** Kinds of rule that a message without a place is about, by its words. */
const ruleKinds: readonly (readonly [RegExp, readonly RuleValue["kind"][]])[] = [
  [/mount (?:options|option value|rule)|conflicting flag/, ["mount", "remount", "umount"]],
  [/\bdbus\b/i, ["dbus"]],
  [/\bmqueue\b/, ["mqueue"]],
  [/unix socket|\bunix\b/, ["unix"]],
  [/\bsignal\b/, ["signal"]],
  [/\bptrace\b/, ["ptrace"]],
  [/io_uring/, ["io_uring"]],
  [/\buserns\b/, ["userns"]],
  [/change_profile/, ["change_profile"]],
  [/\bnetwork\b/, ["network"]],
];

/**
 * Finds what a message without a line is about: the use of a variable, the second of two profiles of one name, the rule
 * that it quotes, the only rule of its kind, or the head of its profile. Null where nobody can tell.
 */
export function findPlace(message: ParserMessage, files: readonly ReadFile[]): FoundPlace | null {
  const profiles = allProfiles(files);
  const named = message.profile === null ? [] : profiles.filter((one) => one.name === message.profile);
  if (/Multiple definitions/.test(message.text)) return secondDefinition(message, profiles, named);
  return (
    variablePlace(message.text, files) ??
    quotedRulePlace(message.text, named.length > 0 ? named : profiles) ??
    rulePlace(message.text, named.length > 0 ? named : profiles) ??
    headOf(named.length === 1 ? named[0] : undefined)
  );
}

function headOf(found: ReadProfile | undefined): FoundPlace | null {
  return found ? placeAt(found.file, found.profile.node.start) : null;
}

function secondDefinition(
  message: ParserMessage,
  profiles: readonly ReadProfile[],
  named: readonly ReadProfile[],
): FoundPlace | null {
  const hat = /for hat (\S+) in/.exec(message.text)?.[1];
  const same = hat === undefined ? named : profiles.filter((one) => one.profile.name === hat);
  return headOf(same[1]);
}

function variablePlace(text: string, files: readonly ReadFile[]): FoundPlace | null {
  const name = variableNames.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  if (name === undefined) return null;
  const wantsDefinition = /already defined|recursively|not a set variable/.test(text);
  const definitions = files.flatMap((file) =>
    file.view.variables
      .filter((variable) => variable.name === name)
      .map((variable) => placeAt(file, variable.node.start)),
  );
  const lastDefinition = definitions.at(-1);
  if (wantsDefinition && lastDefinition) return lastDefinition;
  return firstUse(`@{${name}}`, files) ?? lastDefinition ?? null;
}

/** The first `@{NAME}` that is not in a comment. */
function firstUse(use: string, files: readonly ReadFile[]): FoundPlace | null {
  for (const file of files) {
    const { text } = file.view.tree;
    for (let at = text.indexOf(use); at !== -1; at = text.indexOf(use, at + 1)) {
      const lineStart = text.lastIndexOf("\n", at) + 1;
      if (!text.slice(lineStart, at).trimStart().startsWith("#")) return placeAt(file, at);
    }
  }
  return null;
}

/** The last rule whose path the message quotes: where two conflict, the later one is what was added. */
function quotedRulePlace(text: string, profiles: readonly ReadProfile[]): FoundPlace | null {
  const quoted =
    /has merged rule (\S+) with conflicting/.exec(text)?.[1] ?? /Unable to parse input line '(.+)'/.exec(text)?.[1];
  if (quoted === undefined) return null;
  const found = rulesOf(profiles).filter(({ rule }) => pathOf(rule.rule.value) === quoted);
  const last = found.at(-1);
  return last ? placeAt(last.file, last.rule.rule.node.start) : null;
}

/** The first rule of the kind that the message speaks of. */
function rulePlace(text: string, profiles: readonly ReadProfile[]): FoundPlace | null {
  const kinds = ruleKinds.find(([words]) => words.test(text))?.[1];
  if (!kinds) return null;
  const speaksOfUnix = kinds.includes("unix");
  const found = rulesOf(profiles).find(({ rule: { rule } }) => {
    const { value } = rule;
    // A bare `network,` opens unix sockets too, and the parser then speaks of those.
    const opensUnix = value.kind === "network" && (value.domain === null || value.domain === "unix");
    return kinds.includes(value.kind) || (speaksOfUnix && opensUnix);
  });
  return found ? placeAt(found.file, found.rule.rule.node.start) : null;
}

function rulesOf(profiles: readonly ReadProfile[]): { file: ReadFile; rule: ProfileRule }[] {
  return profiles.flatMap(({ file, profile }) => profile.rules.map((rule) => ({ file, rule })));
}

function pathOf(value: RuleValue): string | null {
  return value.kind === "file" || value.kind === "link" ? value.path : null;
}

function placeAt(file: ReadFile, offset: number): FoundPlace {
  return { file: file.path, ...file.lines.positionAt(offset) };
}
