import { codes, listed } from "./lists.ts";

/** A folder, or the beginning of a path. */
export interface Place {
  /** The path from the base on; from the root where there is no base. */
  readonly path: string;
  readonly base: PlaceBase | null;
}

/** What a path counts from where that is not the root. */
export type PlaceBase =
  /** A folder that is said in words: any user's home folder. */
  | { readonly kind: "words"; readonly words: string }
  /** Any folder in some places, or at any depth under them, with a certain name. */
  | {
      readonly kind: "folders";
      readonly of: readonly Place[];
      readonly deep: boolean;
      readonly conditions: readonly string[];
    };

/** How many places one list shows. What has more of them is said by its pattern, so that none goes unsaid. */
export const mostPlaces = 16;

/** Places in words: `a/` or `b/` in any user's home folder. Places that differ in one respect are said together. */
export function placesWords(places: readonly Place[], joiner: "and" | "or"): string {
  const groups = groupedByBase(mergedPlaces(places));
  const said = groups.map(({ paths, base }) => {
    if (base === null) return codes(paths, joiner, mostPlaces);
    const where = baseWords(base);
    const inside = paths.filter((path) => path !== "");
    const whole = inside.length < paths.length ? [where] : [];
    return listed(
      [...whole, ...(inside.length === 0 ? [] : [`${codes(inside, joiner, mostPlaces)} in ${where}`])],
      joiner,
    );
  });
  return listed(said, joiner);
}

function baseWords(base: PlaceBase): string {
  if (base.kind === "words") return base.words;
  const name = base.conditions.length === 0 ? "" : ` whose name ${listed(base.conditions, "or")}`;
  return `any folder ${base.deep ? "at any depth under" : "of"} ${placesWords(base.of, "or")}${name}`;
}

/** True where the words for a place end in what a folder's name must be like: another condition would be taken for that. */
export function endsInCondition({ base }: Place): boolean {
  return base?.kind === "folders" && (base.conditions.length > 0 || base.of.some(endsInCondition));
}

/** How many conditions on names the words for a place hold. */
export function conditionCount({ base }: Place): number {
  if (base?.kind !== "folders") return 0;
  return base.conditions.length + base.of.reduce((count, place) => count + conditionCount(place), 0);
}

/** How many conditions the words for several places hold at most in one place. */
export function placeConditions(places: readonly Place[]): number {
  return Math.max(0, ...mergedPlaces(places).map(conditionCount));
}

/** Places that differ in one respect of their base only, made one. */
function mergedPlaces(places: readonly Place[]): readonly Place[] {
  const byFolder = joinedBy(
    places,
    ({ path, base }) => (base?.kind === "folders" ? [path, base.deep, base.conditions] : [path, base]),
    (one, other) => ({ ...one, of: union(one.of, other.of) }),
  );
  return joinedBy(
    byFolder,
    ({ path, base }) =>
      base?.kind === "folders" && base.conditions.length > 0 ? [path, base.deep, base.of] : [path, base],
    (one, other) => ({ ...one, conditions: union(one.conditions, other.conditions) }),
  );
}

type FolderBase = Extract<PlaceBase, { readonly kind: "folders" }>;

function joinedBy(
  places: readonly Place[],
  keyOf: (place: Place) => unknown,
  join: (one: FolderBase, other: FolderBase) => FolderBase,
): readonly Place[] {
  const found = new Map<string, Place>();
  for (const place of places) {
    const key = JSON.stringify(keyOf(place));
    const same = found.get(key);
    if (same?.base?.kind !== "folders" || place.base?.kind !== "folders") found.set(key, place);
    else found.set(key, { path: same.path, base: join(same.base, place.base) });
  }
  return [...found.values()];
}

function groupedByBase(
  places: readonly Place[],
): readonly { readonly paths: readonly string[]; readonly base: PlaceBase | null }[] {
  const found = new Map<string, { paths: string[]; base: PlaceBase | null }>();
  for (const { path, base } of places) {
    const key = JSON.stringify(base);
    const group = found.get(key);
    if (group === undefined) found.set(key, { paths: [path], base });
    else if (!group.paths.includes(path)) group.paths.push(path);
  }
  return [...found.values()];
}

/** What is in either of two lists, by its content. */
export function union<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const item of [...one, ...other]) if (!found.has(JSON.stringify(item))) found.set(JSON.stringify(item), item);
  return [...found.values()];
}
