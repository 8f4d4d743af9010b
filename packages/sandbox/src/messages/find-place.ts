import type { ProfileRule } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";
import { allProfiles, type ReadFile, type ReadProfile } from "./design-views.ts";
import type { IncludableFiles } from "./includable-files.ts";
import type { ParserMessage } from "./read-messages.ts";

/** A place in a design, 1-based. */
export interface FoundPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The include that brought in what the message is about, where no rule of the design did. */
  readonly include?: string;
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
 * Finds what messages without a line are about: the use of a variable, the second of two profiles of one name, the rule
 * that a message quotes, the first rule of its kind, the include that brings one, or the head of its profile. What it
 * has looked up once it keeps: a hostile design draws hundreds of messages over tens of thousands of profiles.
 */
export class PlaceFinder {
  readonly #files: readonly ReadFile[];
  readonly #includable: IncludableFiles | undefined;
  readonly #profiles: readonly ReadProfile[];
  readonly #byName: ReadonlyMap<string, readonly ReadProfile[]>;
  readonly #byLastName: ReadonlyMap<string, readonly ReadProfile[]>;
  /** Answers for messages that name no profile of the design, by the kinds of rule that they speak of. */
  readonly #anywhere = new Map<readonly RuleValue["kind"][], FoundPlace | null>();

  /** `includable` tells what includes bring in; without it none is looked into. */
  constructor(files: readonly ReadFile[], includable?: IncludableFiles) {
    this.#files = files;
    this.#includable = includable;
    this.#profiles = allProfiles(files);
    this.#byName = Map.groupBy(this.#profiles, (one) => one.name);
    this.#byLastName = Map.groupBy(this.#profiles, (one) => one.profile.name);
  }

  /** Null where nobody can tell. */
  find(message: ParserMessage): FoundPlace | null {
    const { text } = message;
    const named = message.profile === null ? [] : this.#named(message.profile);
    if (/Multiple definitions/.test(text)) return this.#secondDefinition(text, named);
    return (
      variablePlace(text, this.#files) ??
      quotedRulePlace(text, named.length > 0 ? named : this.#profiles) ??
      this.#rulePlace(text, named) ??
      headOf(named.length === 1 ? named[0] : undefined)
    );
  }

  /** By full name; messages of 3.0.8 name a child profile by the last part of its name alone. */
  #named(name: string): readonly ReadProfile[] {
    return this.#byName.get(name) ?? this.#byLastName.get(name) ?? [];
  }

  #secondDefinition(text: string, named: readonly ReadProfile[]): FoundPlace | null {
    const hat = /for hat (\S+) in/.exec(text)?.[1];
    return headOf((hat === undefined ? named : (this.#byLastName.get(hat) ?? []))[1]);
  }

  #rulePlace(text: string, named: readonly ReadProfile[]): FoundPlace | null {
    const kinds = ruleKinds.find(([words]) => words.test(text))?.[1];
    if (!kinds) return null;
    if (named.length > 0) return firstRule(kinds, named, this.#includable);
    const known = this.#anywhere.get(kinds);
    const found = known === undefined ? firstRule(kinds, this.#profiles, this.#includable) : known;
    this.#anywhere.set(kinds, found);
    return found;
  }
}

function headOf(found: ReadProfile | undefined): FoundPlace | null {
  return found ? placeAt(found.file, found.profile.node.start) : null;
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

/** The first rule of these kinds; where there is none, the first include that brings one. */
function firstRule(
  kinds: readonly RuleValue["kind"][],
  profiles: readonly ReadProfile[],
  includable: IncludableFiles | undefined,
): FoundPlace | null {
  const fits = (value: RuleValue): boolean => {
    // A bare `network,` opens unix sockets too, and the parser then speaks of those.
    const opensUnix = value.kind === "network" && (value.domain === null || value.domain === "unix");
    return kinds.includes(value.kind) || (kinds.includes("unix") && opensUnix);
  };
  for (const { file, profile } of profiles) {
    const own = profile.rules.find(({ rule }) => fits(rule.value));
    if (own) return placeAt(file, own.rule.node.start);
  }
  for (const { file, profile } of includable ? profiles : []) {
    const include = profile.includes.find((each) => includable?.brings(each, fits));
    if (include) return { ...placeAt(file, include.node.start), include: include.path };
  }
  return null;
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
