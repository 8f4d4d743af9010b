import {
  broughtDanger,
  includeBrings,
  policyFiles,
  valuesForPiece,
  valuesIn,
  type IncludeBrings,
  type PolicyFile,
  type PolicyFiles,
  type PolicyTree,
} from "../analysis/index.ts";
import { configPath, viewFile, type Design, type FileView, type IncludeView } from "../design/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { LineIndex, type TextRange } from "../text/index.ts";
import { dangerRank, worstDanger, type Danger } from "../vocabulary/index.ts";
import {
  sayInclude,
  sayLooseRules,
  sayProfile,
  type Saying,
  type SectionId,
  type VariableValues,
  type WordsSection,
} from "../words/index.ts";
import { partsOf, type ProfileParts } from "./parts.ts";
import type {
  ProfileSummary,
  ReviewSummary,
  SummaryInclude,
  SummaryPlace,
  SummarySaying,
  SummarySection,
  SummaryTaken,
} from "./summary.ts";
import { summaryHead } from "./summary-head.ts";

/** What a program may do, in the order in which sections of equal danger are told. */
const mayDo: readonly SectionId[] = ["change", "read", "programs", "network", "capabilities", "ipc", "system"];

/** What is told beside it. */
const about: readonly SectionId[] = ["head", "limits", "void", "names", "children"];

/** Sayings of an include that are listed for one section. */
const mostListed = 10;

/**
 * What each profile of a design lets its program do, for someone who signs: its own rules and those of what it includes, the
 * most dangerous first, denies apart. `tree`: the policy tree of a target; without it only the design's own files are known.
 */
export function reviewSummary(design: Design, tree: PolicyTree | null = null): ReviewSummary {
  const views = design.files.filter(({ path }) => path !== configPath).map(({ path, text }) => viewFile(path, text));
  const files = policyFiles(views, tree);
  const unknown = new Set<string>();
  const profiles = views
    .flatMap((view) => partsOf(view).profiles)
    .map((profile) => summaryOf(profile, files, unknown))
    .toSorted((one, other) => rank(other.danger) - rank(one.danger));
  return { profiles, unknown: [...unknown] };
}

/** Whose sayings: the file that they stand in, and how its lines are found. */
interface Source {
  readonly origin: SummaryPlace["origin"];
  readonly file: string;
  readonly lines: LineIndex;
}

function summaryOf(at: ProfileParts, files: PolicyFiles, unknown: Set<string>): ProfileSummary {
  const { file, profile } = at;
  const source: Source = { origin: "design", file: file.path, lines: file.lines };
  const values = valuesIn(file.view, files);
  const { sections } = sayProfile(file.view, profile, values);
  const brought = profile.includes.map((include) => ({ include, brings: includeBrings(include, files) }));
  for (const { include, brings } of brought) for (const path of unseen(include, brings)) unknown.add(path);
  const taken = takenSections(brought, values);
  const ids = [...mayDo, "refused", ...about] as const;
  const all = new Map(
    ids.flatMap((id): [SectionId, SummarySection][] => {
      const section = sectionOf(id, sections, taken, source);
      return section === null ? [] : [[id, section]];
    }),
  );
  const pick = (wanted: readonly SectionId[]): SummarySection[] => wanted.flatMap((id) => all.get(id) ?? []);
  const may = pick(mayDo).toSorted((one, other) => rank(other.danger) - rank(one.danger));
  const danger = worst([...may, ...pick(["head"])].map((section) => section.danger));
  const counts = {
    own: at.parts.filter(({ view }) => view.subject === "rule").length,
    taken: countTaken(brought.map(({ brings }) => brings)),
  };
  return {
    file: file.path,
    profile: at.name,
    line: file.lines.positionAt(at.head.start).line,
    head: summaryHead(at, counts, danger),
    danger,
    may,
    refused: all.get("refused") ?? null,
    about: pick(about),
    includes: brought.map(({ include, brings }) => includeOf(file.view.tree, include, brings, source, values)),
  };
}

function sectionOf(
  id: SectionId,
  sections: readonly WordsSection[],
  taken: TakenSections,
  source: Source,
): SummarySection | null {
  const own = sections.find((section) => section.id === id);
  const brought = taken.get(id);
  if (own === undefined && brought === undefined) return null;
  const sayings = (own?.sayings ?? []).map((saying) => sayingOf(saying, source));
  const title = own?.title ?? brought?.title ?? "";
  const notes = [...new Set([...(own?.notes ?? []), ...(brought?.notes ?? [])])];
  const danger = worst([...sayings, ...(brought?.includes ?? [])].map((each) => each.danger));
  return { id, title, notes, own: sayings, taken: brought?.includes ?? [], danger };
}

function sayingOf({ sentence, danger, from }: Saying, source: Source): SummarySaying {
  return { sentence, danger, from: from.map((range) => placeOf(range, source)) };
}

function placeOf({ start, end }: TextRange, { origin, file, lines }: Source): SummaryPlace {
  return { origin, file, line: lines.positionAt(start).line, range: { start, end } };
}

/** An include with what it brings. */
interface Brought {
  readonly include: IncludeView;
  readonly brings: IncludeBrings;
}

type TakenSections = ReadonlyMap<
  SectionId,
  { readonly title: string; readonly notes: readonly string[]; readonly includes: readonly SummaryTaken[] }
>;

/** What includes add to each section; a file that two of them read is told with the first. */
function takenSections(brought: readonly Brought[], values: VariableValues): TakenSections {
  const found = new Map<SectionId, { title: string; notes: string[]; includes: SummaryTaken[] }>();
  const seen = new Set<string>();
  for (const { include, brings } of brought) {
    const fresh = brings.files.filter(({ path }) => !seen.has(path));
    for (const { path } of fresh) seen.add(path);
    for (const [id, { title, notes, sayings }] of saidBySection(fresh, values)) {
      const section = found.get(id) ?? { title, notes: [], includes: [] };
      section.notes.push(...notes);
      section.includes.push(takenOf(include.path, sayings, id === "refused" ? null : "medium"));
      found.set(id, section);
    }
  }
  return found;
}

/** What one include adds; denies have no danger, and all of them are worth telling. */
function takenOf(include: string, sayings: readonly SummarySaying[], least: Danger | null): SummaryTaken {
  const sorted = sayings.toSorted((one, other) => rank(other.danger) - rank(one.danger));
  const listed = sorted.filter(({ danger }) => rank(danger) >= rank(least)).slice(0, mostListed);
  return { include, sayings: listed, more: sayings.length - listed.length, danger: sorted[0]?.danger ?? null };
}

/** One section of several files. */
interface SaidSection {
  readonly title: string;
  readonly notes: string[];
  readonly sayings: SummarySaying[];
}

function saidBySection(files: readonly PolicyFile[], values: VariableValues): ReadonlyMap<SectionId, SaidSection> {
  const found = new Map<SectionId, SaidSection>();
  for (const { origin, view, path } of files) {
    const said = looseWords(view, values);
    const source: Source = { origin, file: origin === "design" ? view.path : path, lines: said.lines };
    for (const { id, title, notes, sayings } of said.sections) {
      if (id === "includes" || id === "children") continue;
      // What says that there is nothing has no place.
      const real = sayings.filter(({ from }) => from.length > 0).map((saying) => sayingOf(saying, source));
      if (real.length === 0) continue;
      const section = found.get(id) ?? { title, notes: [], sayings: [] };
      section.notes.push(...notes);
      section.sayings.push(...real);
      found.set(id, section);
    }
  }
  return found;
}

interface LooseWords {
  readonly values: VariableValues;
  readonly sections: readonly WordsSection[];
  readonly lines: LineIndex;
}

/** Abstractions are said once, however many profiles include them, where their variables stand for the same in these. */
const looseFiles = new WeakMap<FileView, LooseWords>();

function looseWords(view: FileView, includers: VariableValues): LooseWords {
  const values = valuesForPiece(view, includers);
  const known = looseFiles.get(view);
  if (known?.values === values) return known;
  const { sections } = sayLooseRules(view, values);
  const made = { values, sections, lines: known?.lines ?? new LineIndex(view.tree.text) };
  looseFiles.set(view, made);
  return made;
}

function countTaken(all: readonly IncludeBrings[]): { readonly rules: number; readonly includes: number } {
  const rules = new Set(all.flatMap(({ brought }) => brought.map(({ placed }) => placed.rule.node)));
  return { rules: rules.size, includes: all.length };
}

function includeOf(
  tree: SyntaxTree,
  include: IncludeView,
  brings: IncludeBrings,
  source: Source,
  values: VariableValues,
): SummaryInclude {
  const { sentence, danger } = sayInclude(tree, include);
  return {
    path: include.path,
    sentence,
    danger: worst([danger, broughtDanger(brings, values)]),
    from: [placeOf(include.node, source)],
    standing: brings.standing,
    rules: brings.rules,
  };
}

/** The includes, itself or within it, of which nobody can tell here what they allow. */
function unseen({ path }: IncludeView, brings: IncludeBrings): readonly string[] {
  return [{ path, standing: brings.standing }, ...brings.includes]
    .filter(({ standing }) => standing === "unknown" || standing === "machine" || standing === "missing")
    .map((each) => each.path);
}

function worst(dangers: readonly (Danger | null)[]): Danger | null {
  const known = dangers.flatMap((danger) => danger ?? []);
  return known.length === 0 ? null : worstDanger(known);
}

function rank(danger: Danger | null): number {
  return danger === null ? -1 : dangerRank(danger);
}
