import { readSigns, type Sign } from "./glob.ts";
import { code, listed } from "./lists.ts";
import { type PathShape, shapesOf, shownPattern } from "./path-shape.ts";
import { endsInCondition, mostPlaces, placeConditions, placesWords, type Place, union } from "./places.ts";

/** One or several paths or globs in words. */
export interface PathWords {
  readonly words: string;
  /** Only folders are covered, so that reading is listing. */
  readonly folders: boolean;
}

/** How paths are said. */
export interface PathManner {
  /** The rule is about the user's own files, so that a home folder is the user's. */
  readonly owned?: boolean;
  /** `or` in what is refused. */
  readonly joiner?: "and" | "or";
}

/** Shapes that differ in one respect only, made one. */
interface ShapeGroup extends Omit<PathShape, "place" | "condition"> {
  readonly places: readonly Place[];
  readonly conditions: readonly string[];
}

/**
 * Paths and globs in words: `/etc/x`, anything under `/srv/`, at any depth. Alternations are written out, and what
 * differs only in its folder or its name is said together.
 */
export function sayPaths(patterns: readonly string[], { owned = false, joiner = "and" }: PathManner = {}): PathWords {
  const shapes = patterns.flatMap((pattern) => shapesOf(pattern, owned));
  const joined = merged(shapes.map(groupOf));
  const words = listed(withContents(joined, joiner), joiner);
  const tangled = joined.some(isTangled) || words.length > longestWords * patterns.length;
  const forms = (): string => listed(patterns.map(formWords), joiner);
  return { words: tangled ? forms() : words, folders: shapes.every(({ folder }) => folder) };
}

/** More places than one list shows, or more conditions on one name than a person can hold. */
function isTangled({ conditions, places }: ShapeGroup): boolean {
  return places.length > mostPlaces || conditions.length > mostConditions || placeConditions(places) > mostConditions;
}

const mostConditions = 3;

/** Words for one path that are longer say less than the pattern itself, in UTF-16 units. */
const longestWords = 300;

function groupOf({ place, condition, ...shape }: PathShape): ShapeGroup {
  return { ...shape, places: [place], conditions: condition === null ? [] : [condition] };
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
    const joined = same && {
      ...same,
      places: union(same.places, group.places),
      conditions: union(same.conditions, group.conditions),
    };
    found.set(key, joined ?? group);
  });
  return [...found.values()];
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

/** The groups in words; folders themselves stand together with what is said of their contents. */
function withContents(groups: readonly ShapeGroup[], joiner: "and" | "or"): readonly string[] {
  const contents = groups.filter(({ kind }) => kind !== "exact" && kind !== "form" && kind !== "stem");
  const taken = new Set<ShapeGroup>();
  const said = groups.flatMap((group): readonly (readonly [ShapeGroup, string])[] => {
    const places = JSON.stringify(placesInside(group));
    const inside = contents.find((each) => !taken.has(each) && JSON.stringify(each.places) === places);
    if (inside === undefined) return [[group, groupWords(group, joiner)]];
    taken.add(inside);
    const it = itWords(group);
    return [[group, `${groupWords(group, joiner)} ${joiner} ${groupWords(inside, joiner, it)}`]];
  });
  return said.filter(([group]) => !taken.has(group)).map(([, words]) => words);
}

/** Folders that were just named. Where a home folder was named with them, "it" could be that. */
function itWords({ kind, places }: ShapeGroup): string {
  const [only] = places;
  if (only !== undefined && places.length === 1 && only.base !== null && only.path !== "")
    return `that ${code(only.path)}`;
  return kind === "exact" && places.length > 1 ? "them" : "it";
}

/** Where the contents of a group's folders lie; null where it is no group of folders. */
function placesInside({ kind, folder, places, conditions }: ShapeGroup): readonly Place[] | null {
  if (!folder) return null;
  if (kind === "exact") return places;
  if (kind !== "direct") return null;
  return places.map((place) => ({ path: "", base: { kind: "folders", of: [place], deep: false, conditions } }));
}

/** A group in words; `instead` stands for its places where they were just named. */
function groupWords(group: ShapeGroup, joiner: "and" | "or", instead?: string): string {
  const { kind, folder, conditions, places } = group;
  if (kind === "exact") return exactWords(group, joiner);
  if (kind === "form")
    return listed(
      places.map(({ path }) => formWords(path)),
      joiner,
    );
  const where = instead ?? placesWords(places, "or");
  if (kind === "stem") return `anything whose path begins with ${where}, at any depth`;
  const inFolders = instead === undefined && places.some(({ base }) => base?.kind === "folders");
  const inWords = places.some(({ base }) => base?.kind === "words");
  const what = folder ? "any folder" : kind === "below" ? "anything" : "any file";
  const name = conditions.length === 0 ? "" : ` whose name ${listed(conditions, "or")}`;
  const nameFirst = name !== "" && instead === undefined && (inFolders || inWords || places.some(endsInCondition));
  const [before, after] = nameFirst ? [`${name},`, ""] : ["", name];
  if (kind === "direct") return `${what}${before} ${inFolders ? "in" : "directly in"} ${where}${after}`;
  if (kind === "either") return `${what}${before} at any depth in ${where}${after}`;
  if (kind === "named") return `${what}${before} at any depth under ${where}${after}`;
  return inFolders ? `${what} at any depth under ${where}` : `${what} under ${where}, at any depth`;
}

function exactWords({ folder, places }: ShapeGroup, joiner: "and" | "or"): string {
  const said = placesWords(places, joiner);
  // A home folder says by itself that it is one.
  if (!folder || !said.startsWith("`")) return said;
  const names = new Set(places.map(({ path }) => path));
  return `${names.size === 1 ? "the folder" : "the folders"} ${said}`;
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
  if (first === undefined) return code(shownPattern(pattern));
  return `any path of the form ${code(shownPattern(pattern))} (${listed([first.replace(" for ", " stands for "), ...others])})`;
}

function allSigns(signs: readonly Sign[]): readonly Sign[] {
  return signs.flatMap((sign) => (sign.kind === "choice" ? [sign, ...sign.items.flatMap(allSigns)] : [sign]));
}

/** What two paths must share to be said in one breath: both plain, or globs of one kind in like places. */
export function shapeKey(pattern: string): string {
  const keys = shapesOf(pattern, false).map(({ kind, condition, folder, place }) =>
    kind === "exact" && place.base?.kind !== "folders"
      ? `plain ${folder}`
      : JSON.stringify([kind, condition, folder, place.base]),
  );
  return JSON.stringify([...new Set(keys)].toSorted());
}
