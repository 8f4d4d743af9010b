import { isDropped, type FileView, type IncludeView, type ProfileRule } from "../design/index.ts";
import type { RuleKindName } from "../syntax/index.ts";
import { dangerRank, type Danger } from "../vocabulary/index.ts";
import { noValues, sayRule, type VariableValues } from "../words/index.ts";
import { fileDescription } from "./file-description.ts";
import { networkOpenings, type NetworkReach, networkReach } from "./network-reach.ts";
import { valuesForPiece } from "./piece-values.ts";
import { resolveAmong, type IncludeStanding, type PolicyFile, type PolicyFiles } from "./policy-files.ts";

/** A rule that an include brings, and the file that holds it. */
export interface BroughtRule {
  readonly file: PolicyFile;
  readonly placed: ProfileRule;
}

/** A rule in plain words, and where it stands. */
export interface BroughtSaying {
  readonly sentence: string;
  readonly danger: Danger;
  readonly path: string;
  readonly start: number;
}

/** A variable that an include sets or adds to. */
export interface BroughtVariable {
  readonly name: string;
  readonly operator: "=" | "+=" | "?=" | ":=";
  readonly values: readonly string[];
  readonly path: string;
}

/** An include inside of what is included. */
export interface NestedInclude {
  /** As written. */
  readonly path: string;
  readonly ifExists: boolean;
  readonly standing: IncludeStanding;
  /** The file that the include stands in, below `/etc/apparmor.d`, and where. */
  readonly from: string;
  readonly start: number;
}

/** What an include brings, itself and through the includes in it. Rules of profiles that it holds are theirs and not counted. */
export interface IncludeBrings {
  /** As the include names it. */
  readonly path: string;
  readonly standing: IncludeStanding;
  /** Every file that it reads, once, in the order of reading. */
  readonly files: readonly PolicyFile[];
  /** What the first file says of itself. */
  readonly description: string | null;
  /** How many rules of each kind, the most first. */
  readonly counts: readonly (readonly [kind: RuleKindName, count: number])[];
  readonly rules: number;
  readonly variables: readonly BroughtVariable[];
  /** Names of the profiles, child profiles and hats that come along. */
  readonly profiles: readonly string[];
  /** The includes in the files, those of the first file first. */
  readonly includes: readonly NestedInclude[];
  readonly missing: readonly NestedInclude[];
  /** Includes that lead back to a file which is being read: the parser skips them. */
  readonly loops: readonly NestedInclude[];
  /** What its network rules open together, in words: `all TCP and UDP, to any address`; null where they open nothing. */
  readonly network: string | null;
  /** Families and types of sockets that its rules open. */
  readonly reach: readonly NetworkReach[];
  /** All rules, in the order of reading. Words are made when they are asked for. */
  readonly brought: readonly BroughtRule[];
}

/** What is asked of an include: where it leads. */
export type IncludeQuestion = Pick<IncludeView, "path" | "magic" | "ifExists">;

/** What one file brings by itself. */
interface OwnPart {
  readonly description: string | null;
  readonly rules: readonly ProfileRule[];
}

/** Each view is of one text: what is made of it holds for as long as the text is the same. */
const parts = new WeakMap<FileView, OwnPart>();

function partOf(view: FileView): OwnPart {
  const known = parts.get(view);
  if (known !== undefined) return known;
  const rules = view.looseRules.filter((placed) => !isDropped(placed));
  const part: OwnPart = { description: fileDescription(view), rules };
  parts.set(view, part);
  return part;
}

function worst(dangers: readonly Danger[]): Danger | null {
  let found: Danger | null = null;
  for (const danger of dangers) if (found === null || dangerRank(danger) > dangerRank(found)) found = danger;
  return found;
}

/** The worst of each file, by what its variables stand for. */
const dangers = new WeakMap<FileView, { readonly values: VariableValues; readonly danger: Danger | null }>();

/**
 * The worst that a rule of what is brought opens; null where none opens anything known. `values`: what variables stand for
 * in the file that includes it.
 */
export function broughtDanger(
  { files }: Pick<IncludeBrings, "files">,
  values: VariableValues = noValues,
): Danger | null {
  return worst(files.flatMap(({ view }) => fileDanger(view, values) ?? []));
}

function fileDanger(view: FileView, values: VariableValues): Danger | null {
  const own = valuesForPiece(view, values);
  const known = dangers.get(view);
  if (known?.values === own) return known.danger;
  const danger = worst(partOf(view).rules.flatMap((placed) => sayRule(view.tree, placed, own).danger ?? []));
  dangers.set(view, { values: own, danger });
  return danger;
}

/** What was found for includes, for as long as the files are the same. */
const known = new WeakMap<PolicyFiles, Map<string, IncludeBrings>>();

/**
 * What an include brings into a profile or preamble. Remembered for the same `files`; what is made of a single file for the
 * same view of it. Cost: linear in what is brought.
 */
export function includeBrings(include: IncludeQuestion, files: PolicyFiles): IncludeBrings {
  const key = `${include.magic ? "<" : '"'}${include.ifExists ? "?" : ""}${include.path}`;
  const remembered = known.get(files) ?? new Map<string, IncludeBrings>();
  known.set(files, remembered);
  const before = remembered.get(key);
  if (before !== undefined) return before;
  const { standing, paths } = resolveAmong(include, files);
  const brings = gathered(include.path, standing, paths, files);
  remembered.set(key, brings);
  return brings;
}

/** What several includes bring together: a file that two of them read is counted once, as the parser's result is the same. */
export function includesBring(includes: readonly IncludeQuestion[], files: PolicyFiles): IncludeBrings {
  const paths = includes.flatMap((include) => resolveAmong(include, files).paths);
  // Asked for at each keystroke, with the same includes nearly always.
  const key = `together\n${paths.join("\n")}`;
  const remembered = known.get(files) ?? new Map<string, IncludeBrings>();
  known.set(files, remembered);
  const brings = remembered.get(key) ?? gathered("", "found", paths, files);
  remembered.set(key, brings);
  return brings;
}

function gathered(
  path: string,
  standing: IncludeStanding,
  paths: readonly string[],
  among: PolicyFiles,
): IncludeBrings {
  const found = new Gathering(among);
  for (const each of paths) found.read(each, []);
  const first = found.files[0];
  const brought = found.files.flatMap((file) =>
    partOf(file.view).rules.map((placed): BroughtRule => ({ file, placed })),
  );
  const kinds = Map.groupBy(brought, ({ placed }) => placed.rule.value.kind);
  const counts = [...kinds].map(([kind, rules]) => [kind, rules.length] as const);
  const reach = networkReach(brought.map(({ file, placed }) => ({ tree: file.view.tree, placed })));
  return {
    path,
    standing,
    files: found.files,
    description: first === undefined ? null : partOf(first.view).description,
    counts: counts.toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)),
    rules: brought.length,
    variables: found.files.flatMap(({ path: from, view }) =>
      view.variables.map(({ name, operator, values }) => ({ name, operator, values, path: from })),
    ),
    profiles: found.files.flatMap(({ view }) => view.profiles.map(({ name }) => name)),
    includes: found.includes,
    missing: found.includes.filter((each) => each.standing === "missing"),
    loops: found.loops,
    network: networkOpenings(reach),
    reach,
    brought,
  };
}

/** Reads files and what they include, each once. */
class Gathering {
  readonly files: PolicyFile[] = [];
  readonly includes: NestedInclude[] = [];
  readonly loops: NestedInclude[] = [];
  readonly #among: PolicyFiles;
  readonly #seen = new Set<string>();

  constructor(among: PolicyFiles) {
    this.#among = among;
  }

  read(path: string, trail: readonly string[]): void {
    const file = this.#among.file(path);
    if (file === null || this.#seen.has(path) || trail.length > mostNested) return;
    this.#seen.add(path);
    this.files.push(file);
    for (const { node, path: wanted, magic, ifExists } of file.view.includes) {
      const { standing, paths } = resolveAmong({ path: wanted, magic, ifExists }, this.#among);
      const nested = { path: wanted, ifExists, standing, from: path, start: node.start };
      this.includes.push(nested);
      for (const each of paths) {
        if (each === path || trail.includes(each)) this.loops.push(nested);
        this.read(each, [...trail, path]);
      }
    }
  }
}

/** Deeper than any policy; a design of a thousand files that include one another in a row must not use up the stack. */
const mostNested = 200;

/**
 * The most dangerous rules that are brought, in plain words, the worst first. Denies and what is not known to be dangerous
 * are left out; `most` is how many are made into sentences; `values`: what variables stand for in the file that includes them.
 */
export function worstSayings(
  brought: readonly BroughtRule[],
  least: Danger,
  most: number,
  values: VariableValues = noValues,
): BroughtSaying[] {
  const found: { readonly rule: BroughtRule; readonly danger: Danger; readonly sentence: string }[] = [];
  const views = new Set(brought.map(({ file }) => file.view));
  const own = new Map([...views].map((view) => [view, valuesForPiece(view, values)]));
  for (const rule of brought) {
    const { view } = rule.file;
    const { sentence, danger } = sayRule(view.tree, rule.placed, own.get(view));
    if (danger !== null && dangerRank(danger) >= dangerRank(least)) found.push({ rule, danger, sentence });
  }
  return found
    .toSorted((a, b) => dangerRank(b.danger) - dangerRank(a.danger))
    .slice(0, most)
    .map(({ rule, danger, sentence }) => ({
      sentence,
      danger,
      path: rule.file.path,
      start: rule.placed.rule.node.start,
    }));
}
