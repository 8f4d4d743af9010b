import type { StandingRow, StandingWord } from "@hauberk/contract";
import type { FileView, ProfileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import type { StandingAnswer, StandingTarget } from "./standing-store.ts";

/** What a mark beside a rule says: what the rule comes to, that this is being asked, or that nobody can tell now. */
export type StandingMark = StandingWord | "asking" | "unknown";

/** What a rule comes to on one target, as far as it is known. */
export interface StandingThere {
  readonly target: StandingTarget;
  readonly mark: StandingMark;
  /** What the target's engine said of this very text; null while it is asked or where it can't be told. */
  readonly row: StandingRow | null;
}

/** What a rule comes to on every target of the design, in the design's order. */
export interface RuleStanding {
  readonly worst: StandingMark;
  readonly there: readonly StandingThere[];
}

/** A piece of a file that has a standing: a rule, an include. `text` is its own, as written. */
export interface StandingPlace {
  readonly path: string;
  /** The full name `parent//child` of the profile around it; null outside any. */
  readonly profile: string | null;
  readonly text: string;
  /** Where it stands: tells two of the same text apart. */
  readonly start: number;
}

/** From what needs a look first to what needs none. */
const gravity: readonly StandingMark[] = [
  "rejected",
  "widened",
  "dropped",
  "undecided",
  "unknown",
  "asking",
  "enforced",
];

/** The gravest of some marks; `enforced` where there is none. */
export function worstMark(marks: readonly StandingMark[]): StandingMark {
  return gravity.find((mark) => marks.includes(mark)) ?? "enforced";
}

/** Reasons for which a target tells nothing of any rule: not of this one in particular. */
const ofWholeTarget: ReadonlySet<StandingRow["reason"]> = new Set([
  "target_unusable",
  "approximate",
  "unknown_target",
  "toolchain_missing",
  "sandbox_unavailable",
]);

/** True where the target can't be asked about any rule: then that says nothing of this one. */
export function isTargetSilent({ row }: StandingThere): boolean {
  return row !== null && ofWholeTarget.has(row.reason);
}

/** A standing made of what there is on each target. A target that can't be asked at all counts only where no other says anything. */
export function standingOf(there: readonly StandingThere[]): RuleStanding {
  const speaking = there.filter((each) => !isTargetSilent(each));
  return { worst: worstMark((speaking.length === 0 ? there : speaking).map(({ mark }) => mark)), there };
}

/** The place of a rule or an include of a file's view. */
export function standingPlace(file: FileView, { start, end }: TextRange): StandingPlace {
  return { path: file.path, profile: profileAround(file, start), text: file.tree.text.slice(start, end), start };
}

/** The full name of the innermost profile around an offset; null outside any. */
export function profileAround(file: FileView, offset: number): string | null {
  const names: string[] = [];
  let level: readonly ProfileView[] = file.profiles;
  for (;;) {
    const found = level.find(({ node }) => node.start <= offset && offset < node.end);
    if (found === undefined) return names.length === 0 ? null : names.join("//");
    names.push(found.name);
    level = found.children;
  }
}

const remembered = new WeakMap<readonly StandingTarget[], Map<string, RuleStanding>>();

/**
 * What a place comes to. What is known of an older text counts on for every rule whose own text and profile are the same;
 * the others are being asked. The same object as long as nothing newer is known. Null outside any profile, where the design names no target, and
 * where those that answered said no word about the place.
 */
export function ruleStanding(
  targets: readonly StandingTarget[],
  place: StandingPlace,
  now: string | undefined,
): RuleStanding | null {
  // What stands outside any profile comes to something only where it is included.
  if (targets.length === 0 || place.profile === null) return null;
  let known = remembered.get(targets);
  if (known === undefined) remembered.set(targets, (known = new Map()));
  const there = targets.map((target) => thereOf(target, place, now));
  const isSilent = there.some(({ target, mark }) => mark === "unknown" && target.state === "known");
  if (isSilent && there.every(({ row }) => row === null)) return null;
  // What was found is the name of the result: two rules of one text may have found different rows.
  const key = [
    place.path,
    place.profile ?? "",
    place.text,
    ...there.map(({ mark, row }) => `${mark}${row?.start}`),
  ].join("\0");
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = standingOf(there);
  known.set(key, made);
  return made;
}

function thereOf(target: StandingTarget, place: StandingPlace, now: string | undefined): StandingThere {
  const { answer, state } = target;
  const row = answer === null ? null : rowOf(answer, place);
  if (row !== null) return { target, mark: row.standing, row };
  // An answer of another text than the one on the page can't know this rule: the next one will.
  const behind = answer !== null && now !== answer.texts.get(place.path);
  return { target, mark: state === "asking" || (state === "known" && behind) ? "asking" : "unknown", row: null };
}

const indexes = new WeakMap<StandingAnswer, ReadonlyMap<string, readonly StandingRow[]>>();

/** The rows of an answer by file, profile and text; made once for each answer. */
function indexOf(answer: StandingAnswer): ReadonlyMap<string, readonly StandingRow[]> {
  const known = indexes.get(answer);
  if (known !== undefined) return known;
  const made = Map.groupBy(answer.rows, ({ file, profile, start, end }) =>
    keyOf(file, profile, answer.texts.get(file)?.slice(start, end) ?? ""),
  );
  indexes.set(answer, made);
  return made;
}

function keyOf(path: string, profile: string | null, text: string): string {
  return `${path}\0${profile ?? ""}\0${text}`;
}

function rowOf(answer: StandingAnswer, { path, profile, text, start }: StandingPlace): StandingRow | null {
  const rows = indexOf(answer).get(keyOf(path, profile, text)) ?? [];
  let nearest: StandingRow | null = null;
  for (const row of rows) {
    if (nearest === null || Math.abs(row.start - start) < Math.abs(nearest.start - start)) nearest = row;
  }
  return nearest;
}
