import { code, codes, listed } from "./lists.ts";
import { isWild, readSigns, type Sign } from "./glob.ts";
import { placeWords, shapesOf, type PathShape } from "./path-shape.ts";

/** One or several paths or globs in words. */
export interface PathWords {
  readonly words: string;
  /** Only folders are covered, so that reading is listing. */
  readonly folders: boolean;
}

/** Shapes that differ in one respect only, made one. */
interface ShapeGroup extends Omit<PathShape, "place" | "condition"> {
  readonly places: readonly string[];
  readonly conditions: readonly string[];
  /** The plain paths of the places, to see which folder is itself and its contents. */
  readonly paths: readonly string[];
}

/**
 * Paths and globs in words: `/etc/x`, anything under `/srv/`, at any depth. Alternations are written out, and what
 * differs only in its folder or its name is said together. `owned` where a rule is about the user's own files.
 */
export function sayPaths(patterns: readonly string[], owned = false): PathWords {
  const shapes = patterns.flatMap((pattern) => shapesOf(pattern, owned));
  const groups = withContents(merged(shapes.map(groupOf)));
  return { words: listed(groups), folders: shapes.every(({ folder }) => folder) };
}

function groupOf({ place, condition, ...shape }: PathShape): ShapeGroup {
  const said = shape.kind === "form" || shape.kind === "stem" ? place.path : placeWords(place);
  return {
    ...shape,
    places: [said],
    conditions: condition === null ? [] : [condition],
    paths: [placeWords(place)],
  };
}

/** Joins what covers the same names in several places, then several names in the same places. */
function merged(groups: readonly ShapeGroup[]): readonly ShapeGroup[] {
  const byPlace = joinedBy(groups, ({ kind, folder, conditions }) => [kind, folder, conditions]);
  const byName = joinedBy(byPlace, ({ kind, folder, places, conditions }, index) =>
    // Where any name will do there is no name to join.
    conditions.length === 0 ? [kind, folder, places, index] : [kind, folder, places],
  );
  return joinedDepths(byName);
}

function joinedBy(
  groups: readonly ShapeGroup[],
  keyOf: (group: ShapeGroup, index: number) => unknown,
): readonly ShapeGroup[] {
  const found = new Map<string, ShapeGroup>();
  groups.forEach((group, index) => {
    const key = JSON.stringify(keyOf(group, index));
    const same = found.get(key);
    found.set(key, same === undefined ? group : joinedGroups(same, group));
  });
  return [...found.values()];
}

function joinedGroups(one: ShapeGroup, other: ShapeGroup): ShapeGroup {
  const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
  return {
    ...one,
    places: union(one.places, other.places),
    conditions: union(one.conditions, other.conditions),
    paths: union(one.paths, other.paths),
  };
}

/** A name directly in a folder and the same name anywhere below it are one. */
function joinedDepths(groups: readonly ShapeGroup[]): readonly ShapeGroup[] {
  const keyOf = ({ folder, places, conditions }: ShapeGroup): string => JSON.stringify([folder, places, conditions]);
  const named = new Set(groups.filter(({ kind }) => kind === "named").map(keyOf));
  const direct = new Set(groups.filter(({ kind }) => kind === "direct").map(keyOf));
  return groups.flatMap((group): readonly ShapeGroup[] => {
    if (group.kind === "direct" && named.has(keyOf(group))) return [{ ...group, kind: "either" }];
    return group.kind === "named" && direct.has(keyOf(group)) ? [] : [group];
  });
}

/** The groups in words; a folder itself stands together with what is said of its contents. */
function withContents(groups: readonly ShapeGroup[]): readonly string[] {
  const contents = groups.filter(({ kind }) => kind !== "exact" && kind !== "form" && kind !== "stem");
  const taken = new Set<ShapeGroup>();
  return groups.flatMap((group) => {
    if (taken.has(group)) return [];
    if (group.kind !== "exact" || !group.folder) return [groupWords(group)];
    const inside = contents.find(({ paths }) => sameTexts(paths, group.paths));
    if (inside === undefined) return [groupWords(group)];
    taken.add(inside);
    return [`${groupWords(group)} and ${groupWords(inside, group.places.length === 1 ? "it" : "them")}`];
  });
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** A group in words; `instead` stands for its places where they were just named. */
function groupWords(group: ShapeGroup, instead?: string): string {
  const { kind, folder, conditions } = group;
  const places = instead ?? placesWords(group);
  const what = folder ? "any folder" : "any file";
  const name = conditions.length === 0 ? "" : ` whose name ${listed(conditions, "or")}`;
  if (kind === "exact") return folder ? folderWords(group) : placesWords(group, "and");
  if (kind === "below") return `${folder ? what : "anything"} under ${places}, at any depth`;
  if (kind === "direct") return `${what} directly in ${places}${name}`;
  if (kind === "named")
    return `${what} under ${places}, at any depth,${name === "" ? " directly in it left out" : name}`;
  if (kind === "either") return `${what} in ${places}, at any depth,${name}`;
  if (kind === "stem") return `any path that begins with ${codes(group.places, "or")}, at any depth`;
  return group.places.map(formWords).join(" and ");
}

function placesWords({ places }: ShapeGroup, joiner: "and" | "or" = "or"): string {
  const most = 9;
  if (places.length <= most) return listed(places, joiner);
  return listed([...places.slice(0, most - 1), `${places.length - most + 1} more`], joiner);
}

function folderWords(group: ShapeGroup): string {
  const plain = group.places.every((place) => place.startsWith("`"));
  const noun = group.places.length === 1 ? "the folder" : "the folders";
  return plain ? `${noun} ${placesWords(group, "and")}` : placesWords(group, "and");
}

/** A glob too tangled for a plain phrase: as it stands, with what its signs mean. */
function formWords(pattern: string): string {
  const meanings: string[] = [];
  const kinds = new Set(allSigns(readSigns(pattern)).map(({ kind }) => kind));
  if (kinds.has("choice")) meanings.push("`{…}` for one of what it lists");
  if (kinds.has("star")) meanings.push("`*` for any name or part of one");
  if (kinds.has("deep")) meanings.push("`**` for anything at any depth");
  if (kinds.has("one")) meanings.push("`?` for one character");
  if (kinds.has("class")) meanings.push("`[…]` for one of its characters");
  const [first, ...others] = meanings;
  if (first === undefined) return code(pattern);
  return `any path of the form ${code(pattern)} (${listed([first.replace(" for ", " stands for "), ...others])})`;
}

function allSigns(signs: readonly Sign[]): readonly Sign[] {
  return signs.flatMap((sign) => (sign.kind === "choice" ? [sign, ...sign.items.flatMap(allSigns)] : [sign]));
}

/** True where a path is one file or folder, no glob. Variables that stand for several values count as plain. */
export function isPlainPath(pattern: string): boolean {
  return readSigns(pattern).every((sign) => sign.kind !== "choice" && !isWild(sign));
}
