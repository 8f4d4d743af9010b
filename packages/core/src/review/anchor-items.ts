import type { FileView } from "../design/index.ts";
import { containsRange, type TextRange } from "../text/index.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { partsOf, type FileParts, type Part, type ProfileParts } from "./parts.ts";

/** The longest text that an anchor carries, in UTF-16 units. */
const longestText = 4_000;

/** A rule, setting or include, or the head of a profile, that a comment can be about. */
export interface AnchorItem {
  readonly range: TextRange;
  readonly profile: ProfileParts | null;
  /** Undefined: the profile's head. */
  readonly part: Part | undefined;
}

/** Many anchors are looked for in one file. */
const known = new WeakMap<FileParts, readonly AnchorItem[]>();

function itemsOf(file: FileParts): readonly AnchorItem[] {
  const items = known.get(file) ?? listItems(file);
  known.set(file, items);
  return items;
}

function listItems(file: FileParts): readonly AnchorItem[] {
  return [
    ...file.parts.map((part): AnchorItem => ({ range: part.range, profile: null, part })),
    ...file.profiles.flatMap((profile): AnchorItem[] => [
      { range: profile.head, profile, part: undefined },
      ...profile.parts.map((part): AnchorItem => ({ range: part.range, profile, part })),
    ]),
  ];
}

/** The anchor of what stands at a range of a file: the rule, include, setting or head that holds its beginning; null where none does. */
export function makeAnchor(file: FileView, { start }: TextRange): AnchorPlace | null {
  const parts = partsOf(file);
  const item = itemsOf(parts).findLast(({ range }) => containsRange(range, { start, end: start }));
  return item === undefined ? null : placeAt(parts, item.range, item.profile?.name ?? null);
}

function placeAt({ path, view }: FileParts, { start, end }: TextRange, profile: string | null): AnchorPlace {
  const text = view.tree.text.slice(start, Math.min(end, start + longestText));
  return { file: path, profile, start, end, text };
}

/** What stands at a range of a file, as what an anchor was followed to. */
export function standingAt(
  state: "same" | "changed",
  file: FileParts,
  range: TextRange,
  profile: string | null,
  certain = true,
): FollowedAnchor & { readonly state: "same" | "changed" } {
  return { state, place: placeAt(file, range, profile), line: file.lines.positionAt(range.start).line, certain };
}

/** What an anchor is about in its own revision: by its place, or where that holds something else, by its text. */
export function itemAt(file: FileParts, { start, end, text, profile }: AnchorPlace): AnchorItem | undefined {
  const items = itemsOf(file);
  const holds = ({ range }: AnchorItem): boolean =>
    range.end - range.start >= text.length && file.view.tree.text.startsWith(text, range.start);
  const here = items.find(({ range }) => range.start === start && range.end === end);
  if (here !== undefined && holds(here)) return here;
  const alike = items.filter((item) => holds(item) && (item.profile?.name ?? null) === profile);
  return nearest(alike, ({ range }) => range.start, start);
}

/** The range of an anchor, where its text stands there, whatever that is. */
export function rangeOf(text: string, place: AnchorPlace): TextRange | null {
  const { start, end } = place;
  return place.text !== "" && start < end && text.slice(start, end).startsWith(place.text) ? { start, end } : null;
}

/** The head of a profile as written, its words one blank apart. */
export function headWords({ file, head }: ProfileParts): string {
  return file.view.tree.text.slice(head.start, head.end).replaceAll(/\s+/gu, " ");
}

/** The item that is nearest to a place. */
export function nearest<T>(items: readonly T[], placeOfItem: (item: T) => number, place: number): T | undefined {
  let best: T | undefined;
  for (const item of items) {
    if (best === undefined || Math.abs(placeOfItem(item) - place) < Math.abs(placeOfItem(best) - place)) best = item;
  }
  return best;
}
