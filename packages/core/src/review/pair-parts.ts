import type { RuleValue } from "../rules/index.ts";
import { sharedEnds } from "../text/index.ts";
import { aligned } from "./align.ts";
import type { Part } from "./parts.ts";

/** Two parts that are one: as it was, and as it is. */
export interface PartPair {
  readonly before: Part;
  readonly after: Part;
}

/** A part that says something else now. */
export interface ChangedPair extends PartPair {
  /** False: the two are only alike, or others could be paired as well. */
  readonly certain: boolean;
}

/** The parts of one place in two revisions. Parts that say the same on both sides are left out. */
export interface PairedParts {
  readonly added: readonly Part[];
  readonly removed: readonly Part[];
  readonly changed: readonly ChangedPair[];
  /** Each part of the earlier revision that says the same in the later one, with its place there. */
  readonly same: ReadonlyMap<Part, Part>;
}

/** Rules are alike enough to be one that has been changed from here on; 1 is the same. */
const leastAlike = 0.6;

/** More pairs than that are not weighed: what came and went is then told as such. */
const mostPairs = 40_000;

/**
 * Finds what of a profile or file is the same, changed, gone and new. The same text in another line is the same; then rules of
 * one kind about one path, name or address are one rule that was changed, then those that are alike, then those of which one
 * stands where the other one stood.
 */
export function pairParts(before: readonly Part[], after: readonly Part[]): PairedParts {
  const same = sameParts(before, after);
  const kept = new Set(same.values());
  const gone = before.filter((part) => !same.has(part));
  const come = after.filter((part) => !kept.has(part));
  const kin = [...same].map(([was, is]): PartPair => ({ before: was, after: is }));
  const about = pairBySubject(gone, come);
  const paired = new Set(about.flatMap((pair) => [pair.before, pair.after]));
  const alike = pairByLikeness(
    gone.filter((part) => !paired.has(part)),
    come.filter((part) => !paired.has(part)),
  );
  const near = [...alike, ...pairByPlace(before, after, [...kin, ...about, ...alike])];
  // Likeness alone tells nothing for certain, but that they stand in one place beside what is certain does.
  const inPlace =
    near.length === 0 ? [] : pairByPlace(before, after, [...kin, ...about.filter(({ certain }) => certain)]);
  const known = new Map(inPlace.map((pair) => [pair.before, pair.after]));
  const changed: readonly ChangedPair[] = [
    ...about,
    ...near.map((pair) => ({ ...pair, certain: known.get(pair.before) === pair.after })),
  ];
  const taken = new Set(changed.flatMap((pair) => [pair.before, pair.after]));
  return {
    added: come.filter((part) => !taken.has(part)),
    removed: gone.filter((part) => !taken.has(part)),
    changed,
    same,
  };
}

/** Parts of the same key: those that follow one another as before, then those that were moved. */
function sameParts(before: readonly Part[], after: readonly Part[]): Map<Part, Part> {
  const found = new Map<Part, Part>();
  const positions = aligned(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  for (const [at, part] of before.entries()) {
    const there = after[positions[at] ?? -1];
    if (there !== undefined) found.set(part, there);
  }
  const kept = new Set(found.values());
  const moved = Map.groupBy(after.filter((part) => !kept.has(part)).toReversed(), ({ key }) => key);
  for (const part of before) {
    if (found.has(part)) continue;
    const there = moved.get(part.key)?.pop();
    if (there !== undefined) found.set(part, there);
  }
  return found;
}

/** Pairs parts about the same thing: a path, a variable, an include, a limit. Under the same conditions and with the same access first. */
function pairBySubject(gone: readonly Part[], come: readonly Part[]): ChangedPair[] {
  const near = pairByKey(gone, come, (part) => `${part.context}\n${accessOf(part)}\n${subjectKey(part)}`);
  const paired = new Set(near.flatMap(({ before, after }) => [before, after]));
  const far = pairByKey(
    gone.filter((part) => !paired.has(part)),
    come.filter((part) => !paired.has(part)),
    subjectKey,
  );
  const [went, came] = [gone, come].map((parts) => Map.groupBy(parts, subjectKey));
  return [...near, ...far].map((pair) => {
    const key = subjectKey(pair.before);
    return { ...pair, certain: went?.get(key)?.length === 1 && came?.get(key)?.length === 1 };
  });
}

/** The first of each key with the first, in the order of the text. */
function pairByKey(gone: readonly Part[], come: readonly Part[], keyOf: (part: Part) => string): PartPair[] {
  const waiting = Map.groupBy(come.toReversed(), keyOf);
  return gone.flatMap((before) => {
    const after = subjectKey(before) === "" ? undefined : waiting.get(keyOf(before))?.pop();
    return after === undefined ? [] : [{ before, after }];
  });
}

function accessOf({ view }: Part): string {
  return view.subject === "rule" && view.placed.rule.value.qualifiers.access === "deny" ? "deny" : "allow";
}

/** What a part is about; empty where only likeness can tell. */
function subjectKey({ view }: Part): string {
  switch (view.subject) {
    case "rule":
      return ruleSubject(view.placed.rule.value);
    case "include":
      return `include ${view.include.path}`;
    case "abi":
      return "abi";
    case "variable":
      return `variable ${view.variable.name} ${view.variable.operator === "+=" ? "adds" : "sets"}`;
    case "boolean":
      return `boolean ${view.boolean.name}`;
    case "alias":
      return `alias ${view.alias.from}`;
  }
}

function ruleSubject(value: RuleValue): string {
  if (value.kind === "file") return value.path === null ? "file" : `file ${value.path}`;
  if (value.kind === "rlimit") return `rlimit ${value.resource}`;
  if (value.kind === "link") return `link ${value.path}`;
  if (value.kind === "all" || value.kind === "userns" || value.kind === "io_uring") return value.kind;
  return "";
}

/** Pairs what is left of one kind by how alike it is, the most alike first. */
function pairByLikeness(gone: readonly Part[], come: readonly Part[]): PartPair[] {
  if (gone.length * come.length > mostPairs) return [];
  const pairs = gone
    .flatMap((before) => come.map((after) => ({ before, after, alike: likeness(before, after) })))
    .filter(({ alike }) => alike >= leastAlike)
    .toSorted((one, other) => other.alike - one.alike);
  const taken = new Set<Part>();
  return pairs.flatMap(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return [];
    taken.add(before).add(after);
    return [{ before, after }];
  });
}

/** Pairs the one rule of a kind that went with the one that came, where what stands before and behind them is the same. */
function pairByPlace(before: readonly Part[], after: readonly Part[], known: readonly PartPair[]): PartPair[] {
  const numbers = new Map(known.flatMap((pair, at) => [[pair.before, at] as const, [pair.after, at] as const]));
  const come = byNeighbours(after, numbers);
  return [...byNeighbours(before, numbers)].flatMap(([place, [was, ...others]]) => {
    const [is, ...more] = come.get(place) ?? [];
    return was === undefined || is === undefined || others.length + more.length > 0 ? [] : [{ before: was, after: is }];
  });
}

/** Rules that are in no pair, by the pairs before and behind them, their kind, access and conditions. */
function byNeighbours(
  parts: readonly Part[],
  numbers: ReadonlyMap<Part, number>,
): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, Part[]>();
  let between: Part[] = [];
  let first = "beginning";
  const close = (next: string): void => {
    for (const part of between.filter(({ view }) => view.subject === "rule")) {
      const place = `${first} ${next} ${part.kind} ${accessOf(part)}\n${part.context}`;
      const those = found.get(place);
      if (those === undefined) found.set(place, [part]);
      else those.push(part);
    }
    [between, first] = [[], next];
  };
  for (const part of parts) {
    const number = numbers.get(part);
    if (number === undefined) between.push(part);
    else close(`${number}`);
  }
  close("end");
  return found;
}

/** How alike two parts are, 0 to 1; parts of different kinds or accesses are not. */
function likeness(before: Part, after: Part): number {
  if (before.view.subject !== "rule" || after.view.subject !== "rule") return 0;
  if (before.kind !== after.kind || accessOf(before) !== accessOf(after)) return 0;
  const [from, to] = [before.view.placed.rule.value, after.view.placed.rule.value];
  if (from.kind === "file" && to.kind === "file") return pathLikeness(from.path ?? "", to.path ?? "");
  return wordLikeness(before.key, after.key);
}

/** Paths are alike by the folders that they share from the beginning, and a little by their ends. */
function pathLikeness(before: string, after: string): number {
  const [from, to] = [before.split("/"), after.split("/")];
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  const longest = Math.max(from.length, to.length);
  const names = sharedEnds(from.slice(shared).join("/"), to.slice(shared).join("/"));
  const rest = Math.max(from.slice(shared).join("/").length, to.slice(shared).join("/").length);
  const end = rest === 0 ? 1 : (names.before + names.after) / rest;
  // The empty word before the first slash is shared by all.
  return longest <= 1 ? end : Math.min(1, (shared - 1 + end) / (longest - 1));
}

/** The part of their words that two texts share. */
function wordLikeness(before: string, after: string): number {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const left = Map.groupBy(to, (word) => word);
  const shared = from.filter((word) => left.get(word)?.pop() !== undefined).length;
  return from.length + to.length === 0 ? 0 : (2 * shared) / (from.length + to.length);
}

function wordsOf(text: string): string[] {
  return text.match(/[^\s,()=]+/gu) ?? [];
}
