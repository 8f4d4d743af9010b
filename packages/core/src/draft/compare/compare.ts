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
  /** The draft has it, and the profile does not. */
  | "extra"
  /** A deny: a choice of whoever wrote it, which nothing in a package tells. */
  | "choice";

/** One line of a comparison. */
export interface ComparedRule {
  readonly match: Match;
  readonly kind: "include" | RuleValue["kind"];
  /** As written; of `extra`, as the draft writes it. */
  readonly text: string;
  /** Whole sentence of what it permits; empty for an include. */
  readonly words: string;
  /** Of the existing profile, 1-based; null for `extra`. */
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
  const draft = new Access(rulesWithIncludes(taken, request.reader));
  const offered = new Access(rulesWithIncludes(all, request.reader));
  const theirs = new Access(rulesWithIncludes(view, request.reader, profile));
  const rules = [
    ...comparedIncludes(view, profile, taken, all),
    ...comparedRules(view, profile, draft, offered),
    ...extraRules(taken, theirs),
  ];
  const counts = { found: 0, offered: 0, partly: 0, missed: 0, extra: 0, choice: 0 };
  for (const { match } of rules) counts[match] += 1;
  return { profile: profile.name, rules, counts };
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
function rulesWithIncludes(view: FileView, reader?: SourceReader, profile = view.profiles[0]): RuleValue[] {
  const values = (rules: readonly ProfileRule[]): RuleValue[] => rules.map(({ rule }) => rule.value);
  const own = values(profile?.rules ?? []);
  if (reader === undefined || profile === undefined) return own;
  // Only the profile's own includes: a closure of the file would take in those of its neighbours.
  const body = profile.includes.map(({ path }) => `include <${path}>`).join("\n");
  const closure = includeClosure(viewFile("apparmor.d/includes", `${body}\n`), reader);
  return [...own, ...closure.files.flatMap((file) => values(file.looseRules))];
}

function comparedIncludes(view: FileView, profile: ProfileView, taken: FileView, all: FileView): ComparedRule[] {
  const index = new LineIndex(view.tree.text);
  const names = (file: FileView): ReadonlySet<string> =>
    new Set(file.profiles[0]?.includes.map(({ path }) => path) ?? []);
  const [has, could] = [names(taken), names(all)];
  return profile.includes
    .filter(({ path, ifExists }) => !ifExists && !path.startsWith("local/"))
    .map(({ node, path }) => ({
      match: has.has(path) ? "found" : could.has(path) ? "offered" : "missed",
      kind: "include",
      text: `include <${path}>`,
      words: "",
      line: index.positionAt(node.start).line,
    }));
}

function comparedRules(view: FileView, profile: ProfileView, draft: Access, offered: Access): ComparedRule[] {
  const index = new LineIndex(view.tree.text);
  return profile.rules.map((placed): ComparedRule => {
    const { value, node } = placed.rule;
    const about = {
      kind: value.kind,
      text: writeRule(value),
      words: sayRule(view.tree, placed).sentence,
      line: index.positionAt(node.start).line,
    };
    if (value.qualifiers.access === "deny") return { ...about, match: "choice" };
    return { ...about, match: matchOf(value, draft, offered) };
  });
}

function matchOf(value: RuleValue, draft: Access, offered: Access): Match {
  if (draft.covers(value)) return "found";
  if (offered.covers(value)) return "offered";
  return draft.touches(value) || offered.touches(value) ? "partly" : "missed";
}

function extraRules(taken: FileView, theirs: Access): ComparedRule[] {
  const profile = taken.profiles[0];
  return (profile?.rules ?? [])
    .filter(({ rule }) => !theirs.covers(rule.value))
    .map((placed) => ({
      match: "extra",
      kind: placed.rule.value.kind,
      text: writeRule(placed.rule.value),
      words: sayRule(taken.tree, placed).sentence,
      line: null,
    }));
}
