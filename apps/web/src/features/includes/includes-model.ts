import {
  broughtDanger,
  type IncludeBrings,
  includeBrings,
  includesBring,
  type IncludeStanding,
  type PolicyFiles,
  valuesIn,
} from "@hauberk/core/analysis";
import type { FileView, IncludeView, ProfileView } from "@hauberk/core/design";
import { isPolicyFileName } from "@hauberk/core/design";
import type { Danger } from "@hauberk/core/vocabulary";
import type { VariableValues } from "@hauberk/core/words";
import { lineOf, partMarks } from "../../panel/rule-place.ts";
import { abstractionWords } from "./abstraction-words.ts";

/** Where includes are ticked: a profile, or a file of loose rules, which is a piece of profiles. */
export interface IncludeScope {
  readonly file: FileView;
  /** Null where the file holds no profile. */
  readonly profile: ProfileView | null;
}

/** What an include, or a file that can be included, is for and what it opens. */
export interface BringsWords {
  /** Our words, else the file's own; null where there are none. */
  readonly words: string | null;
  /** `12 rules: 9 paths, 3 network`. */
  readonly counted: string;
  /** What it opens that deserves a look; sentences. */
  readonly warnings: readonly string[];
}

/** An include of the scope as the panel lists it. */
export interface IncludeRow {
  /** Position among the scope's includes. */
  readonly index: number;
  readonly path: string;
  readonly ifExists: boolean;
  readonly standing: IncludeStanding;
  readonly origin: "design" | "target" | null;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Words that come from a block or conditional around it, each continues "this include". */
  readonly marks: readonly string[];
  readonly brings: IncludeBrings;
  /** The worst that it opens there. */
  readonly danger: Danger | null;
}

/** The includes of a scope, those of `local/` among them. */
export function includeRows(file: FileView, includes: readonly IncludeView[], files: PolicyFiles): IncludeRow[] {
  const values = valuesIn(file, files);
  return includes.map((include, index) => {
    const brings = includeBrings(include, files);
    return {
      index,
      path: include.path,
      ifExists: include.ifExists,
      standing: brings.standing,
      origin: brings.files[0]?.origin ?? null,
      line: lineOf(file.tree, include.node.start),
      start: include.node.start,
      end: include.node.end,
      marks: partMarks(file.tree, include.within, "include").map(({ words }) => words),
      brings,
      danger: broughtDanger(brings, values),
    };
  });
}

/** How many rules come only where a condition holds: by no include that stands plainly. */
export function conditionalRules(includes: readonly IncludeView[], all: IncludeBrings, files: PolicyFiles): number {
  const plain = includes.filter(({ within }) => !within.some(({ kind }) => kind === "conditional-branch"));
  return plain.length === includes.length ? 0 : all.rules - includesBring(plain, files).rules;
}

/** A file that could be included. */
export interface LibraryRow {
  readonly path: string;
  readonly origin: "design" | "target";
  readonly brings: IncludeBrings;
  /** The worst that it would open there. */
  readonly danger: Danger | null;
  readonly words: BringsWords;
}

/** The files that can be included from a folder, the design's own first; all of them are read. */
export function libraryRows(
  folder: "abstractions" | "tunables",
  files: PolicyFiles,
  values: VariableValues,
): LibraryRow[] {
  const rows = files
    .folder(folder)
    .filter((path) => isPolicyFileName(path.slice(folder.length + 1)))
    .map((path): LibraryRow => {
      const brings = includeBrings({ path, magic: true, ifExists: false }, files);
      const danger = broughtDanger(brings, values);
      const origin = brings.files[0]?.origin ?? "target";
      return { path, origin, brings, danger, words: bringsWords(brings, danger) };
    });
  return [...rows.filter(({ origin }) => origin === "design"), ...rows.filter(({ origin }) => origin === "target")];
}

/** Rows that hold every word of the search in their name, their words or what they open. */
export function foundRows(rows: readonly LibraryRow[], search: string): readonly LibraryRow[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (wanted.length === 0) return rows;
  return rows.filter(({ path, brings, words }) => {
    const names = brings.variables.map(({ name }) => name).join(" ");
    const all = `${path} ${words.words ?? ""} ${words.warnings.join(" ")} ${words.counted} ${names}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

/** How the kinds of rules are called when they are counted, one and many. */
const kindNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  file: ["path", "paths"],
  link: ["link", "links"],
  capability: ["capability", "capabilities"],
  rlimit: ["limit", "limits"],
  network: ["network", "network"],
  change_profile: ["profile change", "profile changes"],
};

/** `9 paths`, `1 capability`, `3 unix`. */
export function countWords(kind: string, count: number): string {
  const [one, many] = kindNames[kind] ?? [kind, kind];
  return `${count} ${count === 1 ? one : many}`;
}

/** What an include is for and what it opens, in words; `danger`: the worst of it. */
export function bringsWords(brings: IncludeBrings, danger: Danger | null): BringsWords {
  const known = abstractionWords[brings.path];
  const counts = brings.counts.map(([kind, count]) => countWords(kind, count)).join(", ");
  const variables = new Set(brings.variables.map(({ name }) => name)).size;
  const counted = [
    ...(brings.rules > 0 ? [`${brings.rules} ${brings.rules === 1 ? "rule" : "rules"}: ${counts}`] : []),
    ...(variables > 0 ? [`${variables} ${variables === 1 ? "variable" : "variables"}`] : []),
    ...(brings.profiles.length > 0
      ? [`${brings.profiles.length} child ${brings.profiles.length === 1 ? "profile" : "profiles"}`]
      : []),
  ].join(" · ");
  const opensInternet = brings.reach.some(
    ({ domains }) => domains === null || domains.includes("inet") || domains.includes("inet6"),
  );
  return {
    words: known?.words ?? brings.description,
    counted: counted === "" && brings.standing === "found" ? "nothing by itself" : counted,
    warnings: [
      ...(opensInternet && brings.network !== null ? [`Opens ${brings.network}.`] : []),
      ...(known?.warning === undefined ? [] : [known.warning]),
      ...(danger === "total" && !opensInternet ? ["Holds a rule that gives the whole machine away."] : []),
    ],
  };
}

/** What stands behind an include that is not simply there. */
export const standingWords: Readonly<Record<Exclude<IncludeStanding, "found">, string>> = {
  machine: "The machine’s own additions, kept by its administrator.",
  absent: "Not there on this target: nothing is included.",
  missing: "There is no such file in the design or on this target: the parser refuses the profile.",
  unknown: "What is in it is not known here.",
};

/** True for an include of the machine's own additions. */
export function isLocal({ path }: { readonly path: string }): boolean {
  return path.startsWith("local/");
}

/** The path of the local include that belongs to a file: `local/NAME`, NAME as the file will be installed. */
export function localIncludePath(filePath: string): string {
  return `local/${filePath.slice(filePath.lastIndexOf("/") + 1)}`;
}
