import {
  includeClosure,
  viewFile,
  type FileView,
  type ProfileRule,
  type ProfileView,
  type SourceReader,
} from "../../design/index.ts";
import type { RuleValue } from "../../rules/index.ts";
import { writeRule } from "../../rules/index.ts";
import { LineIndex } from "../../text/index.ts";
import { sayRule } from "../../words/index.ts";
import type { ProgramSuggestions } from "../suggest/suggest.ts";
import type { Suggestion } from "../suggest/suggestion.ts";
import { Access } from "./access.ts";

/** How a line of an existing profile stands to a draft. */
export type Match =
  /** The draft has it, itself or by an abstraction that it includes. */
  | "found"
  /** It is among what the draft offers as unsure. */
  | "offered"
  /** Some of its paths or permissions are there. */
  | "partly"
  | "missed"
  /** The draft has something at that place, and opens more of it. */
  | "wider"
  /** The draft has it, and the profile has nothing like it. */
  | "extra"
  /** A deny: a choice of whoever wrote it, which nothing in a package tells. */
  | "choice";

/** One line of a comparison. */
export interface ComparedRule {
  readonly match: Match;
  readonly kind: "include" | RuleValue["kind"];
  /** As written; of `wider` and `extra`, as the draft writes it. */
  readonly text: string;
  /** Whole sentence of what it permits; empty for an include. */
  readonly words: string;
  /** Of the existing profile, 1-based; null for a line of the draft, or of an include. */
  readonly line: number | null;
}

/** A draft beside a profile that there is already. */
export interface Comparison {
  readonly profile: string;
  readonly rules: readonly ComparedRule[];
  readonly counts: Readonly<Record<Match, number>>;
}

/** What is compared. `reader` finds what both include; without it, includes are compared by their names alone. */
export interface ComparisonRequest {
  readonly suggestions: ProgramSuggestions;
  /** Ids of the suggestions that are taken; without it, all that are not unsure. */
  readonly taken?: ReadonlySet<string>;
  readonly existing: string;
  readonly reader?: SourceReader;
  /** Files that come with the profile, by their path below `/etc/apparmor.d`: what they hold counts as the profile's own. */
  readonly alongside?: ReadonlyMap<string, string>;
}

/** Compares; null where the existing text holds no profile. Never throws. */
export function compareDraft(request: ComparisonRequest): Comparison | null {
  const { suggestions, existing } = request;
  const view = viewFile("apparmor.d/existing", existing);
  const profile = profileFor(view, suggestions);
  if (profile === null) return null;
  const isTaken = ({ id, certainty }: Suggestion): boolean =>
    request.taken === undefined ? certainty !== "unsure" : request.taken.has(id);
  const taken = bodyOf(suggestions.suggestions.filter(isTaken));
  const all = bodyOf(suggestions.suggestions);
  const draft = new Access(rulesWithIncludes(taken, request));
  const offered = new Access(rulesWithIncludes(all, request));
  const theirs = new Access(rulesWithIncludes(view, request, profile));
  const parts = [{ view, profile }, ...alongsideOf(profile, request.alongside)];
  const rules = [
    ...parts.flatMap((part) => comparedIncludes(part, request, draft, offered)),
    ...parts.flatMap((part) => comparedRules(part, draft, offered)),
    ...ownRules(taken, theirs),
  ];
  const counts = { found: 0, offered: 0, partly: 0, missed: 0, wider: 0, extra: 0, choice: 0 };
  for (const { match } of rules) counts[match] += 1;
  return { profile: profile.name, rules, counts };
}

/** A profile, or a file that it includes and that comes with it. */
interface Part {
  readonly view: FileView;
  readonly profile: Pick<ProfileView, "rules" | "includes">;
}

/** The included files that come along, each once. */
function alongsideOf(profile: ProfileView, alongside: ComparisonRequest["alongside"]): Part[] {
  const parts = new Map<string, Part>();
  const waiting = profile.includes.map(({ path }) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = alongside?.get(path);
    if (text === undefined || parts.has(path)) continue;
    const view = viewFile(`apparmor.d/${path}`, text);
    parts.set(path, { view, profile: { rules: view.looseRules, includes: view.includes } });
    waiting.push(...view.includes.map((include) => include.path));
  }
  return [...parts.values()];
}

/** The profile of the program: by its attachment or name, else the first. */
function profileFor(view: FileView, { program, profileName }: ProgramSuggestions): ProfileView | null {
  const byPath = view.profiles.find(({ attachment, name }) => attachment === program || name === program);
  return byPath ?? view.profiles.find(({ name }) => name === profileName) ?? view.profiles[0] ?? null;
}

/** A profile's body of suggestions, to be looked at as any profile is. */
function bodyOf(suggestions: readonly Suggestion[]): FileView {
  const lines = ["include <abstractions/base>", ...suggestions.map(({ text }) => text)];
  return viewFile("apparmor.d/draft", `profile draft {\n${lines.join("\n")}\n}\n`);
}

/** The rules of a profile and of all that it includes. */
function rulesWithIncludes(view: FileView, request: ComparisonRequest, profile = view.profiles[0]): RuleValue[] {
  const own = valuesOf(profile?.rules ?? []);
  return [...own, ...(profile?.includes ?? []).flatMap(({ path }) => includedRules(path, request) ?? [])];
}

function valuesOf(rules: readonly ProfileRule[]): RuleValue[] {
  return rules.map(({ rule }) => rule.value);
}

/** All that an include brings; null where it can't be read. */
function includedRules(path: string, { reader, alongside }: ComparisonRequest): RuleValue[] | null {
  if (reader === undefined) return null;
  const both: SourceReader = {
    ...reader,
    read: (place) => {
      const root = reader.includeRoots.find((each) => place.startsWith(`${each}/`));
      return reader.read(place) ?? (root === undefined ? undefined : alongside?.get(place.slice(root.length + 1)));
    },
  };
  const closure = includeClosure(viewFile("apparmor.d/includes", `include <${path}>\n`), both);
  return closure.files.length < 2 ? null : closure.files.flatMap((file) => valuesOf(file.looseRules));
}

function comparedIncludes(
  { view, profile }: Part,
  request: ComparisonRequest,
  draft: Access,
  offered: Access,
): ComparedRule[] {
  const index = new LineIndex(view.tree.text);
  const texts = new Set(request.suggestions.suggestions.map(({ text }) => text));
  return profile.includes
    .filter(({ path, ifExists }) => !ifExists && !path.startsWith("local/") && request.alongside?.has(path) !== true)
    .map(({ node, path }): ComparedRule => {
      const rules = includedRules(path, request);
      const named = path === "abstractions/base" || texts.has(`include <${path}>`) ? "found" : "missed";
      const match = rules === null || rules.length === 0 ? named : includeMatch(rules, draft, offered);
      return { match, kind: "include", text: `include <${path}>`, words: "", line: lineOf(view, index, node.start) };
    });
}

/** An include counts by what it holds: the draft may have that by other lines. */
function includeMatch(rules: readonly RuleValue[], draft: Access, offered: Access): Match {
  const allows = rules.filter(({ qualifiers }) => qualifiers.access !== "deny");
  if (allows.every((rule) => draft.covers(rule))) return "found";
  if (allows.every((rule) => offered.covers(rule))) return "offered";
  return allows.some((rule) => draft.covers(rule)) ? "partly" : "missed";
}

function comparedRules({ view, profile }: Part, draft: Access, offered: Access): ComparedRule[] {
  const index = new LineIndex(view.tree.text);
  return profile.rules.map((placed): ComparedRule => {
    const { value, node } = placed.rule;
    const about = {
      kind: value.kind,
      text: writeRule(value),
      words: sayRule(view.tree, placed).sentence,
      line: lineOf(view, index, node.start),
    };
    if (value.qualifiers.access === "deny") return { ...about, match: "choice" };
    return { ...about, match: matchOf(value, draft, offered) };
  });
}

/** Lines are told of the profile's own file alone. */
function lineOf(view: FileView, index: LineIndex, offset: number): number | null {
  return view.path === "apparmor.d/existing" ? index.positionAt(offset).line : null;
}

function matchOf(value: RuleValue, draft: Access, offered: Access): Match {
  if (draft.covers(value)) return "found";
  if (offered.covers(value)) return "offered";
  return draft.touches(value) || offered.touches(value) ? "partly" : "missed";
}

/** What the draft has and the profile has not. */
function ownRules(taken: FileView, theirs: Access): ComparedRule[] {
  return (taken.profiles[0]?.rules ?? [])
    .filter(({ rule }) => !theirs.covers(rule.value))
    .map((placed) => ({
      match: theirs.touches(placed.rule.value) ? "wider" : "extra",
      kind: placed.rule.value.kind,
      text: writeRule(placed.rule.value),
      words: sayRule(taken.tree, placed).sentence,
      line: null,
    }));
}
