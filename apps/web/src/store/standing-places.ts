import type { StandingRow } from "@hauberk/contract";
import type { FileView, ProfileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import {
  type RuleStanding,
  ruleStanding,
  standingOf,
  type StandingPlace,
  type StandingThere,
} from "./rule-standing.ts";
import type { StandingTarget } from "./standing-store.ts";

/** Something of a file that has a standing, with what it comes to. */
export interface PlacedStanding {
  readonly place: StandingPlace;
  readonly range: TextRange;
  readonly standing: RuleStanding;
}

/**
 * What the rules and includes of a file's profiles come to, in the order of the text, and what else the targets remarked of it: an
 * abi, a flag. Those that touch the span, all of them unless told.
 */
export function fileStandings(
  targets: readonly StandingTarget[],
  file: FileView,
  span: TextRange = { start: 0, end: file.tree.text.length },
): readonly PlacedStanding[] {
  const touches = ({ start, end }: TextRange) => start <= span.end && span.start <= end;
  const found: PlacedStanding[] = [];
  const add = (profile: string, { start, end }: TextRange) => {
    if (!touches({ start, end })) return;
    const place = { path: file.path, profile, text: file.tree.text.slice(start, end), start };
    const standing = ruleStanding(targets, place, file.tree.text);
    if (standing !== null) found.push({ place, range: { start, end }, standing });
  };
  const addProfile = (around: string, profile: ProfileView) => {
    if (!touches(profile.node)) return;
    const name = `${around}${profile.name}`;
    for (const { node } of profile.includes) add(name, node);
    for (const { rule } of profile.rules) add(name, rule.node);
    for (const child of profile.children) addProfile(`${name}//`, child);
  };
  for (const profile of file.profiles) addProfile("", profile);
  found.push(...besideRules(targets, file).filter(({ range }) => touches(range)));
  return found.toSorted((a, b) => a.range.start - b.range.start);
}

/** What targets remarked of things that are no rules, as far as these stand in the text still. */
function besideRules(targets: readonly StandingTarget[], { path, tree: { text } }: FileView): PlacedStanding[] {
  const found = new Map<string, { readonly place: StandingPlace; readonly rows: Map<StandingTarget, StandingRow> }>();
  for (const target of targets) {
    const asked = target.answer?.texts.get(path);
    if (asked === undefined) continue;
    for (const row of target.answer?.rows ?? []) {
      if (row.file !== path || row.subject === "rule" || row.subject === "include") continue;
      const written = asked.slice(row.start, row.end);
      // Before or behind the one place that was edited since.
      const start = [row.start, row.start + text.length - asked.length].find((at) => text.startsWith(written, at));
      if (start === undefined || written === "") continue;
      const key = `${row.subject} ${start} ${written}`;
      const known = found.get(key) ?? { place: { path, profile: row.profile, text: written, start }, rows: new Map() };
      found.set(key, known);
      known.rows.set(target, row);
    }
  }
  return [...found.values()].map(({ place, rows }) => {
    const there = targets.map((target): StandingThere => {
      const row = rows.get(target) ?? null;
      return { target, mark: row?.standing ?? (target.state === "asking" ? "asking" : "unknown"), row };
    });
    return {
      place,
      range: { start: place.start, end: place.start + place.text.length },
      standing: standingOf(there),
    };
  });
}
