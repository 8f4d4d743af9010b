import { viewFile, type DesignFile, type FileView } from "../design/index.ts";
import { containsRange, type LineIndex, type TextRange } from "../text/index.ts";
import { aligned, linesOf } from "./align.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { pairParts, type PairedParts } from "./pair-parts.ts";
import { pairProfiles } from "./pair-profiles.ts";
import { partsOf, type FileParts, type Part, type ProfileParts } from "./parts.ts";
import { renamedFiles } from "./renamed-files.ts";

/** The longest text that an anchor carries, in UTF-16 units. */
const longestText = 4_000;

/** A rule, setting or include, or the head of a profile, that a comment can be about. */
interface AnchorItem {
  readonly range: TextRange;
  readonly profile: ProfileParts | null;
  /** Undefined: the profile's head. */
  readonly part: Part | undefined;
}

function itemsOf(file: FileParts): readonly AnchorItem[] {
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
  return item === undefined ? null : placeOf(parts, item);
}

function placeOf({ path, view }: FileParts, { range, profile }: AnchorItem): AnchorPlace {
  return placeAt(path, view.tree.text, range, profile?.name ?? null);
}

function placeAt(file: string, text: string, { start, end }: TextRange, profile: string | null): AnchorPlace {
  return { file, profile, start, end, text: text.slice(start, Math.min(end, start + longestText)) };
}

/**
 * Where the thing of an anchor stands in a later revision. `same`: it says what it said, in whatever line; `changed`: it is the
 * same rule with other words; `gone`: with the line behind which it stood. By the texts of the two revisions alone.
 */
export function followAnchor(
  place: AnchorPlace,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): FollowedAnchor {
  const known = followers.get(before)?.get(after);
  if (known !== undefined) return known.follow(place);
  const follower = new AnchorFollower(before, after);
  followers.set(before, (followers.get(before) ?? new WeakMap()).set(after, follower));
  return follower.follow(place);
}

/** Many anchors are followed between the same revisions; each file is compared once, as long as its revisions are in use. */
const followers = new WeakMap<readonly DesignFile[], WeakMap<readonly DesignFile[], AnchorFollower>>();

/**
 * Where it stands after any number of revisions, in the order in which they are gone through; the anchor counts in the first.
 * What the last one does not tell from the first is followed step by step: a rule that changed much, and later its neighbours
 * too. What is gone on the way is looked for once more in each later revision, as somebody may have put it back.
 */
export function followThrough(place: AnchorPlace, revisions: readonly (readonly DesignFile[])[]): FollowedAnchor {
  const [first = [], ...later] = revisions;
  let found = followAnchor(place, first, later.at(-1) ?? first);
  if (found.state !== "gone") return found;
  let known = { place, files: first };
  let state: "same" | "changed" = "same";
  for (const files of later) {
    found = followAnchor(known.place, known.files, files);
    if (found.state === "gone") continue;
    known = { place: found.place, files };
    if (found.state === "changed") state = "changed";
  }
  return found.state === "gone" ? found : { ...found, state };
}

/** Compares the files of two revisions as anchors ask for them. */
class AnchorFollower {
  readonly #before: ReadonlyMap<string, DesignFile>;
  readonly #after: ReadonlyMap<string, DesignFile>;
  readonly #renamed: ReadonlyMap<string, string>;
  readonly #compared = new Map<string, ComparedFile>();

  constructor(before: readonly DesignFile[], after: readonly DesignFile[]) {
    this.#before = new Map(before.map((file) => [file.path, file]));
    this.#after = new Map(after.map((file) => [file.path, file]));
    this.#renamed = renamedFiles(before, after);
  }

  follow(place: AnchorPlace): FollowedAnchor {
    const then = this.#before.get(place.file);
    const now = this.#after.get(this.#renamed.get(place.file) ?? place.file);
    if (now === undefined) return { state: "gone", file: null, line: 0 };
    if (then === undefined) return { state: "gone", file: now.path, line: 0 };
    const compared = this.#compared.get(then.path) ?? new ComparedFile(then, now);
    this.#compared.set(then.path, compared);
    return compared.follow(place);
  }
}

/** One file in two revisions. */
class ComparedFile {
  readonly #before: FileParts;
  readonly #after: FileParts;
  readonly #isSame: boolean;
  readonly #items: readonly AnchorItem[];
  readonly #profiles: ReadonlyMap<ProfileParts, ProfileParts>;
  readonly #pairs = new Map<ProfileParts | null, PairedParts>();
  #lines: { readonly from: LineIndex; readonly positions: Int32Array } | undefined;

  constructor(before: DesignFile, after: DesignFile) {
    this.#before = partsOf(viewFile(before.path, before.text));
    this.#after = partsOf(viewFile(after.path, after.text));
    this.#isSame = before.text === after.text;
    this.#items = itemsOf(this.#before);
    const { pairs } = pairProfiles(this.#before.profiles, this.#after.profiles, new Map([[before.path, after.path]]));
    this.#profiles = new Map(pairs.map((pair) => [pair.before, pair.after]));
  }

  follow(place: AnchorPlace): FollowedAnchor {
    const item = this.#itemAt(place);
    if (this.#isSame) {
      const range = item?.range ?? this.#rangeOf(place);
      return range === null ? this.#gone(place) : this.#standing("same", range, item?.profile?.name ?? place.profile);
    }
    const found = item === undefined ? undefined : this.#followItem(item);
    return found ?? this.#followLines(place) ?? this.#gone(place);
  }

  /** What the anchor is about: by its place, or where that holds something else, by its text. */
  #itemAt({ start, end, text, profile }: AnchorPlace): AnchorItem | undefined {
    const all = this.#before.view.tree.text;
    const holds = ({ range }: AnchorItem): boolean =>
      range.end - range.start >= text.length && all.startsWith(text, range.start);
    const here = this.#items.find(({ range }) => range.start === start && range.end === end);
    if (here !== undefined && holds(here)) return here;
    const alike = this.#items.filter((item) => holds(item) && (item.profile?.name ?? null) === profile);
    return nearest(alike, ({ range }) => range.start, start);
  }

  #rangeOf({ start, end, text }: AnchorPlace): TextRange | null {
    const fits = text !== "" && start < end && this.#before.view.tree.text.slice(start, end).startsWith(text);
    return fits ? { start, end } : null;
  }

  #followItem({ range, profile, part }: AnchorItem): FollowedAnchor | undefined {
    const now = profile === null ? null : this.#profiles.get(profile);
    if (part === undefined) return now === null || now === undefined ? undefined : this.#headAt(range, now);
    const found = now === undefined ? undefined : this.#partAt(part, profile, now);
    if (found !== undefined) return found;
    const elsewhere = this.#movedParts(part, now)[0];
    return elsewhere === undefined
      ? undefined
      : this.#standing("same", elsewhere.part.range, elsewhere.profile?.name ?? null);
  }

  #headAt(range: TextRange, now: ProfileParts): FollowedAnchor {
    const [was, is] = [this.#before, this.#after].map(({ view }, at) => {
      const { start, end } = at === 0 ? range : now.head;
      return view.tree.text.slice(start, end).replaceAll(/\s+/gu, " ");
    });
    return this.#standing(was === is ? "same" : "changed", now.head, now.name);
  }

  #partAt(part: Part, profile: ProfileParts | null, now: ProfileParts | null): FollowedAnchor | undefined {
    const parts = now === null ? this.#after.parts : now.parts;
    const pairs = this.#pairs.get(profile) ?? pairParts(profile === null ? this.#before.parts : profile.parts, parts);
    this.#pairs.set(profile, pairs);
    const name = now?.name ?? null;
    const same = pairs.same.get(part);
    if (same !== undefined) return this.#standing("same", same.range, name);
    // Of several alike one has gone: which of them is nobody's question.
    const twin = nearest(
      parts.filter(({ key }) => key === part.key),
      ({ range }) => range.start,
      part.range.start,
    );
    if (twin !== undefined) return this.#standing("same", twin.range, name);
    const changed = pairs.changed.find(({ before }) => before === part);
    return changed === undefined ? undefined : this.#standing("changed", changed.after.range, name);
  }

  /** Parts that say the same in another place of the later file, and did not stand there before. */
  #movedParts(part: Part, here: ProfileParts | null | undefined): { part: Part; profile: ProfileParts | null }[] {
    const had = new Map([...this.#profiles].map(([then, now]) => [now, then.parts]));
    const places = [null, ...this.#after.profiles].filter((profile) => profile !== here);
    return places.flatMap((profile) => {
      const before = profile === null ? this.#before.parts : (had.get(profile) ?? []);
      if (before.some(({ key }) => key === part.key)) return [];
      const parts = profile === null ? this.#after.parts : profile.parts;
      return parts.filter(({ key }) => key === part.key).map((found) => ({ part: found, profile }));
    });
  }

  /** By lines, where the text does not read, or the anchor is about no item: all its lines must stand together. */
  #followLines(place: AnchorPlace): FollowedAnchor | undefined {
    const range = this.#rangeOf(place);
    if (range === null) return undefined;
    const { from, positions } = this.#aligned();
    const [first, last] = [from.positionAt(range.start), from.positionAt(range.end)];
    const start = positions[first.line - 1] ?? -1;
    for (let line = first.line; line <= last.line; line++) {
      if (start < 0 || positions[line - 1] !== start + line - first.line) return undefined;
    }
    const begin = this.#after.lines.lineStart(start + 1) + first.column - 1;
    return this.#standing("same", { start: begin, end: begin + range.end - range.start }, place.profile);
  }

  #aligned(): { readonly from: LineIndex; readonly positions: Int32Array } {
    this.#lines ??= {
      from: this.#before.lines,
      positions: aligned(linesOf(this.#before.view.tree.text), linesOf(this.#after.view.tree.text)),
    };
    return this.#lines;
  }

  #standing(state: "same" | "changed", range: TextRange, profile: string | null): FollowedAnchor {
    const { path, view, lines } = this.#after;
    return { state, place: placeAt(path, view.tree.text, range, profile), line: lines.positionAt(range.start).line };
  }

  #gone({ start }: AnchorPlace): FollowedAnchor {
    const { from, positions } = this.#aligned();
    let line = from.positionAt(start).line - 1;
    while (line > 0 && (positions[line - 1] ?? -1) < 0) line--;
    return { state: "gone", file: this.#after.path, line: line === 0 ? 0 : (positions[line - 1] ?? -1) + 1 };
  }
}

function nearest<T>(items: readonly T[], placeOfItem: (item: T) => number, place: number): T | undefined {
  let best: T | undefined;
  for (const item of items) {
    if (best === undefined || Math.abs(placeOfItem(item) - place) < Math.abs(placeOfItem(best) - place)) best = item;
  }
  return best;
}
