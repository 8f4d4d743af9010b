import { effectiveQualifiers, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import {
  writePermissions,
  writeRule,
  type CapabilityRuleValue,
  type Condition,
  type FileRuleValue,
  type NetworkRuleValue,
  type RuleValue,
} from "../rules/index.ts";
import type { SyntaxNode } from "../syntax/index.ts";
import { networkProtocols } from "../vocabulary/index.ts";
import { execRulesOf, type ExecRules } from "./exec-rules.ts";
import { isPathWithin, PathCover, pathShape, singleSlashes, type PathShape } from "./file-cover.ts";
import { addsNothing, addsNothingToAll, leavesMapping, takenBy, type Taken } from "./file-need.ts";
import { policyFiles } from "./policy-files.ts";
import type { PolicyTree } from "./policy-tree.ts";
import { preambleOf } from "./variable-values.ts";

/**
 * Two rules of a profile of which one makes the other needless, or which share a path. The compiled policy is the meaning; this is
 * only a hint for tables and lint: where it says nothing, rules may still overlap.
 */
export interface Overlap {
  /**
   * `duplicate`: they say the same. `covered`: all that `rule` allows (or denies), `by` does too. `unreachable`: the deny `by`
   * takes all of `rule` away. In these three the policy is the same without `rule`, also without all rules so called. `never-runs`: the deny
   * `by` keeps all that `rule` is for from being run, but the policy may be another one without it. `overlaps`: two rules about one path
   * could be one.
   */
  readonly kind: "duplicate" | "covered" | Taken | "overlaps";
  readonly rule: ProfileRule;
  readonly by: ProfileRule;
  /** For the person: a small letter first, no stop, rules in backticks. */
  readonly words: string;
}

/** Whether the policy is the same without the rule. */
export function isNeedless({ kind }: Pick<Overlap, "kind">): boolean {
  return kind === "duplicate" || kind === "covered" || kind === "unreachable";
}

/** What variables come to beside what the file itself sets. */
export interface OverlapContext {
  /** The files of the design. */
  readonly files?: readonly FileView[];
  /** What the target brings: its tunables. */
  readonly policy?: PolicyTree | null;
}

interface Candidate {
  readonly placed: ProfileRule;
  readonly at: number;
}

interface FileCandidate extends Candidate {
  readonly value: FileRuleValue;
  readonly shape: PathShape;
}

const known = new WeakMap<SyntaxNode, { readonly context: OverlapContext; readonly found: readonly Overlap[] }>();

/**
 * The rules of a profile that others of it make needless, in the order of the text; at most one finding a rule. Kept for each tree, so that
 * asking again costs nothing. Compared are only rules whose paths have fixed parts in common, within bounds: thousands of rules take a
 * fraction of a second.
 */
export function overlaps(file: FileView, profile: ProfileView, context: OverlapContext = {}): readonly Overlap[] {
  const before = known.get(profile.node);
  if (before !== undefined && before.context.policy === context.policy && before.context.files === context.files) {
    return before.found;
  }
  const found = new Finder(file, profile, context).run();
  known.set(profile.node, { context, found });
  return found;
}

class Finder {
  readonly #file: FileView;
  readonly #candidates: readonly Candidate[];
  readonly #variables: ReadonlyMap<string, readonly string[]> | null;
  readonly #mayAlias: boolean;
  readonly #askExecs: () => ExecRules;
  #knownExecs: ExecRules | null = null;
  readonly #found = new Map<number, Overlap>();

  constructor(file: FileView, profile: ProfileView, { files = [], policy = null }: OverlapContext) {
    this.#file = file;
    // What stands in a block is read by parsers in ways of their own.
    this.#candidates = profile.rules
      .map((placed, at) => ({ placed, at }))
      .filter(({ placed }) => !placed.within.some(({ kind }) => kind === "qualified-block"));
    const preamble = preambleOf(file, files, policy);
    this.#variables = preamble.variables;
    this.#mayAlias = preamble.mayAlias;
    this.#askExecs = () =>
      execRulesOf(file, profile, policyFiles(files.includes(file) ? files : [...files, file], policy));
  }

  get #execs(): ExecRules {
    this.#knownExecs ??= this.#askExecs();
    return this.#knownExecs;
  }

  run(): readonly Overlap[] {
    this.#duplicates();
    const rest = this.#candidates.filter(({ at }) => !this.#found.has(at));
    this.#fewRules(rest);
    this.#besideAllFiles(rest);
    if (!this.#mayAlias) this.#files(rest);
    return [...this.#found.entries()].toSorted(([a], [b]) => a - b).map(([, overlap]) => overlap);
  }

  #tell(kind: Overlap["kind"], rule: Candidate, by: Candidate, words: string): void {
    if (!this.#found.has(rule.at)) this.#found.set(rule.at, { kind, rule: rule.placed, by: by.placed, words });
  }

  /** The same rule twice: a conditional one is needless beside one that always holds, not the other way round. */
  #duplicates(): void {
    const seen = new Map<string, Candidate>();
    for (const candidate of this.#candidates) {
      const text = normalText(candidate.placed.rule.value);
      const place = candidate.placed.within.at(-1);
      const before = seen.get(text) ?? (place === undefined ? undefined : seen.get(`${place.start} ${text}`));
      if (before !== undefined) this.#tell("duplicate", candidate, before, `the profile says \`${text}\` twice`);
      else seen.set(place === undefined ? text : `${place.start} ${text}`, candidate);
    }
  }

  /** Capabilities and networks: a profile has few of them. */
  #fewRules(rest: readonly Candidate[]): void {
    const few = rest.filter(
      ({ placed: { rule } }) => rule.value.kind === "capability" || rule.value.kind === "network",
    );
    if (few.length > 300) return;
    for (const rule of few) {
      for (const by of few) {
        if (by === rule || !isAlways(by)) continue;
        const kind = this.#fewKind(rule, by);
        if (kind !== null) this.#tell(kind, rule, by, wordsFor(kind, rule, by));
      }
    }
  }

  #fewKind(rule: Candidate, by: Candidate): "covered" | "unreachable" | null {
    const [a, b] = [rule.placed.rule.value, by.placed.rule.value];
    if (!speaksOfAll(b, a)) return null;
    const inner = effectiveQualifiers(this.#file.tree, rule.placed);
    const outer = effectiveQualifiers(this.#file.tree, by.placed);
    if ((inner.priority ?? 0) !== (outer.priority ?? 0) || a.qualifiers.quiet !== b.qualifiers.quiet) return null;
    if (inner.access === "allow" && outer.access === "deny") return inner.audit ? null : "unreachable";
    if (inner.access !== outer.access || a.qualifiers.access === "prompt" || b.qualifiers.access === "prompt")
      return null;
    const logs = inner.access === "deny" ? !inner.audit && outer.audit : inner.audit && !outer.audit;
    if (logs) return null;
    // Of two that say the same in other words only the later one is needless.
    return speaksOfAll(a, b) && inner.audit === outer.audit && isAlways(rule) && by.at > rule.at ? null : "covered";
  }

  /** The bare `file,` speaks of every path, whatever its variables and aliases come to. */
  #besideAllFiles(rest: readonly Candidate[]): void {
    const files = rest.flatMap((candidate) => {
      const { value } = candidate.placed.rule;
      return value.kind === "file" ? [{ ...candidate, value }] : [];
    });
    const bare = files.filter((candidate) => candidate.value.path === null && isAlways(candidate));
    if (bare.length === 0) return;
    for (const rule of files) {
      const by = bare.find((all) => all.at !== rule.at && addsNothingToAll(rule.value, all.value, this.#execs));
      if (by !== undefined) this.#tell("covered", rule, by, wordsFor("covered", rule, by));
    }
  }

  #files(rest: readonly Candidate[]): void {
    const files = rest.flatMap((candidate): FileCandidate[] => {
      const { value } = candidate.placed.rule;
      if (value.kind !== "file" || value.path === null) return [];
      return [{ ...candidate, value, shape: pathShape(value.path, this.#variables) }];
    });
    const always = files.filter(isAlways);
    const samePath = Map.groupBy(always, ({ shape }) => shape.text);
    const cover = new PathCover(always);
    for (const rule of files) {
      const wanted = (by: FileCandidate): boolean => by.at !== rule.at && this.#kindOf(rule, by) !== null;
      const same = samePath.get(rule.shape.text)?.find((by) => wanted(by) && !this.#isEqualAndLater(rule, by));
      const by = same ?? firstOf(cover.holding(rule.shape, wanted), (each) => !this.#isEqualAndLater(rule, each));
      const kind = by === undefined ? null : this.#kindOf(rule, by);
      if (by !== undefined && kind !== null) this.#tell(kind, rule, by, wordsFor(kind, rule, by));
    }
    this.#samePaths(files);
  }

  /** What a rule is beside another one whose path holds its own; null where it counts. */
  #kindOf(rule: FileCandidate, by: FileCandidate): "covered" | Taken | null {
    if (addsNothing(rule.value, by.value, this.#execs)) return "covered";
    return takenBy(by.value, rule.value, this.#execs);
  }

  /** Of two that say the same in other words only the later one is needless. */
  #isEqualAndLater(rule: FileCandidate, by: FileCandidate): boolean {
    return (
      by.at > rule.at &&
      isAlways(rule) &&
      addsNothing(by.value, rule.value, this.#execs) &&
      isPathWithin(by.shape, rule.shape)
    );
  }

  /** Two allows of one path with the same qualifiers: the letters of both could stand in one rule. */
  #samePaths(files: readonly FileCandidate[]): void {
    const seen = new Map<string, FileCandidate>();
    for (const candidate of files) {
      const { value, placed, shape } = candidate;
      if (this.#found.has(candidate.at) || placed.within.length > 0 || value.safety !== null) continue;
      const key = `${normalText({ ...value, permissions: ["r"], exec: null, execTarget: null })} ${shape.text}`;
      const before = seen.get(key);
      if (before === undefined) {
        seen.set(key, candidate);
        continue;
      }
      const joined = joinedLetters(value, before.value);
      if (joined !== null) {
        this.#tell(
          "overlaps",
          candidate,
          before,
          `two rules are about \`${value.path ?? ""}\`; one could say \`${joined}\``,
        );
      }
    }
  }
}

function firstOf<T>(items: Iterable<T>, fits: (item: T) => boolean): T | undefined {
  for (const item of items) if (fits(item)) return item;
  return undefined;
}

/** The letters of two rules on one path as one rule would have them; null where they can't be one. */
function joinedLetters(a: FileRuleValue, b: FileRuleValue): string | null {
  if (a.exec !== null && b.exec !== null && (a.exec !== b.exec || a.execTarget !== b.execTarget)) return null;
  if ((a.exec === null && a.execTarget !== null) || (b.exec === null && b.execTarget !== null)) return null;
  const letters = [...new Set([...a.permissions, ...b.permissions])];
  if (letters.includes("a") && letters.includes("w")) return null;
  return writePermissions(letters, a.exec ?? b.exec);
}

function isAlways({ placed }: Candidate): boolean {
  return placed.within.length === 0;
}

function wordsFor(kind: "covered" | Taken, inner: Candidate, { placed: { rule: outer } }: Candidate): string {
  const text = writeRule(outer.value).replace(/,$/u, "");
  if (kind === "covered") {
    return outer.value.qualifiers.access === "deny"
      ? `\`${text}\` denies all of this`
      : `\`${text}\` allows all of this`;
  }
  const { value } = inner.placed.rule;
  const isLeft = value.kind === "file" && outer.value.kind === "file" && leavesMapping(outer.value, value);
  const left = isLeft ? "; only parsers before 5 leave that the file may be mapped as code (`m`)" : "";
  return `\`${text}\` takes all of this away: a deny beats every allow${left}`;
}

/** True where `outer` speaks of every capability or socket that `inner` speaks of. */
function speaksOfAll(outer: RuleValue, inner: RuleValue): boolean {
  if (outer.kind === "capability" && inner.kind === "capability") return capabilitiesWithin(inner, outer);
  return outer.kind === "network" && inner.kind === "network" && socketsWithin(inner, outer);
}

function capabilitiesWithin(inner: CapabilityRuleValue, outer: CapabilityRuleValue): boolean {
  if (outer.names.length === 0) return true;
  return inner.names.length > 0 && inner.names.every((name) => outer.names.includes(name));
}

function socketsWithin(inner: NetworkRuleValue, outer: NetworkRuleValue): boolean {
  if (outer.permissions.length > 0 || outer.local.length > 0 || outer.peer.length > 0) return false;
  const [a, b] = [socketsOf(inner), socketsOf(outer)];
  const families = b.domains === null || a.domains?.every((each) => b.domains?.includes(each));
  return families === true && (b.type === null || b.type === a.type);
}

function socketsOf({ domain, type, protocol }: NetworkRuleValue): {
  readonly domains: readonly string[] | null;
  readonly type: string | null;
} {
  const word = networkProtocols.find(({ name }) => name === protocol);
  if (word === undefined) return { domains: domain === null ? null : [domain], type };
  if (domain !== null) return { domains: [domain], type: word.type };
  return { domains: word.inet6 ? ["inet", "inet6"] : ["inet"], type: word.type };
}

/** A rule in one spelling: the order of letters, names and conditions means nothing, nor does the way of writing it. */
function normalText(value: RuleValue): string {
  const qualifiers = {
    ...value.qualifiers,
    access: value.qualifiers.access === "allow" ? null : value.qualifiers.access,
  };
  switch (value.kind) {
    case "file":
      if (value.path === null) return writeRule({ ...value, qualifiers });
      return writeRule({
        ...value,
        qualifiers,
        path: singleSlashes(value.path),
        permissions: [...new Set(value.permissions)].toSorted(),
        keyword: false,
        permissionsFirst: false,
      });
    case "capability":
      return writeRule({ ...value, qualifiers, names: [...new Set(value.names)].toSorted() });
    case "network":
      return writeRule({
        ...value,
        qualifiers,
        permissions: value.permissions.toSorted(),
        local: sorted(value.local),
        peer: sorted(value.peer),
      });
    case "signal":
    case "ptrace":
    case "unix":
    case "dbus":
    case "mqueue":
    case "io_uring":
    case "userns":
      return writeRule({
        ...value,
        qualifiers,
        permissions: value.permissions.toSorted(),
        local: sorted(value.local),
        peer: sorted(value.peer),
      });
    case "all":
    case "change_profile":
    case "link":
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
    case "rlimit":
      return writeRule({ ...value, qualifiers });
  }
}

function sorted(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
