import type { DesignFile } from "../design/index.ts";
import type { LineIndex } from "../text/index.ts";
import { aligned, linesOf } from "./align.ts";
import { headWords, itemAt, nearest, rangeOf, standingAt, type AnchorItem } from "./anchor-items.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { movedParts, type MovedPart } from "./moved-parts.ts";
import { pairParts, type PairedParts } from "./pair-parts.ts";
import { pairRevisions, type PairedRevisions } from "./pair-revisions.ts";
import { readParts, type FileParts, type Part, type ProfileParts } from "./parts.ts";

/**
 * Where the thing of an anchor stands in the very next revision. `same`: it says what it said, in whatever line, profile or
 * file; `changed`: it is the same rule with other words; `gone`: with the line behind which it stood. By the texts of the two
 * revisions alone: a rule that went is paired with one that came, each with one at most.
 */
export function followAnchor(
  place: AnchorPlace,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): FollowedAnchor {
  return followerOf(before, after).follow(place);
}

/** What is gone on the way: where it stood, as seen from another revision. */
export function goneFrom(
  place: AnchorPlace,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): FollowedAnchor {
  return followerOf(before, after).gone(place);
}

/** Many anchors are followed between the same revisions; these are compared once, as long as they are in use. */
const followers = new WeakMap<readonly DesignFile[], WeakMap<readonly DesignFile[], AnchorFollower>>();

function followerOf(before: readonly DesignFile[], after: readonly DesignFile[]): AnchorFollower {
  const known = followers.get(before)?.get(after);
  if (known !== undefined) return known;
  const follower = new AnchorFollower(before, after);
  followers.set(before, (followers.get(before) ?? new WeakMap()).set(after, follower));
  return follower;
}

/** Lines of a file that stand in the other revision too. */
interface SharedLines {
  readonly from: LineIndex;
  readonly positions: Int32Array;
}

/** Compares two revisions as anchors ask for them. */
class AnchorFollower {
  readonly #before: readonly DesignFile[];
  readonly #after: readonly DesignFile[];
  #paired: PairedRevisions | undefined;
  #moved: ReadonlyMap<string, MovedPart> | undefined;
  readonly #parts = new Map<FileParts | ProfileParts, PairedParts>();
  readonly #lines = new Map<DesignFile, SharedLines>();

  constructor(before: readonly DesignFile[], after: readonly DesignFile[]) {
    this.#before = before;
    this.#after = after;
  }

  follow(place: AnchorPlace): FollowedAnchor {
    const then = fileAt(this.#before, place.file);
    if (then === undefined) return this.gone(place);
    const item = itemAt(readParts(then), place);
    const now = this.#fileNow(place.file);
    if (now?.text === then.text) {
      const range = item?.range ?? rangeOf(then.text, place);
      const profile = item?.profile?.name ?? place.profile;
      return range === null ? this.gone(place) : standingAt("same", readParts(now), range, profile);
    }
    const found = item === undefined ? undefined : this.#followItem(item, readParts(then));
    if (found !== undefined) return found;
    // What reads is paired by what it says; lines alone would find a rule of another profile.
    const lines = item === undefined || !reads(then) || (now !== undefined && !reads(now));
    return (lines ? this.#followLines(place, then, now) : undefined) ?? this.gone(place);
  }

  gone({ file, start }: AnchorPlace): FollowedAnchor {
    const [then, now] = [fileAt(this.#before, file), this.#fileNow(file)];
    if (now === undefined || then === undefined) return { state: "gone", file: now?.path ?? null, line: 0 };
    const { from, positions } = this.#sharedLines(then, now);
    let line = from.positionAt(start).line - 1;
    while (line > 0 && (positions[line - 1] ?? -1) < 0) line--;
    return { state: "gone", file: now.path, line: line === 0 ? 0 : (positions[line - 1] ?? -1) + 1 };
  }

  /** The revisions are read only where the file of an anchor is another one. */
  #pairs(): PairedRevisions {
    return (this.#paired ??= pairRevisions(this.#before, this.#after));
  }

  #fileNow(path: string): DesignFile | undefined {
    return fileAt(this.#after, path) ?? fileAt(this.#after, this.#pairs().renamed.get(path) ?? path);
  }

  #followItem({ profile, part }: AnchorItem, then: FileParts): FollowedAnchor | undefined {
    const now =
      profile === null
        ? this.#pairs().files.find(({ from }) => from === then)?.to
        : this.#pairs().profiles.pairs.find(({ before }) => before === profile)?.after;
    if (part === undefined) {
      if (profile === null || now === undefined || now === null || !("head" in now)) return undefined;
      return standingAt(headWords(profile) === headWords(now) ? "same" : "changed", now.file, now.head, now.name);
    }
    const here = now === undefined || now === null ? undefined : this.#partIn(part, profile ?? then, now);
    if (here?.certain === true) return here;
    this.#moved ??= movedParts(this.#pairs());
    const moved = this.#moved.get(part.key);
    return moved === undefined ? here : standingAt("same", moved.file, moved.part.range, moved.profile?.name ?? null);
  }

  #partIn(part: Part, then: FileParts | ProfileParts, now: FileParts | ProfileParts) {
    const pairs = this.#parts.get(then) ?? pairParts(then.parts, now.parts);
    this.#parts.set(then, pairs);
    const [file, name] = "head" in now ? [now.file, now.name] : [now, null];
    const same = pairs.same.get(part);
    if (same !== undefined) return standingAt("same", file, same.range, name);
    // Of several alike one has gone: which of them is nobody's question.
    const alike = now.parts.filter(({ key }) => key === part.key);
    const twin = nearest(alike, ({ range }) => range.start, part.range.start);
    if (twin !== undefined) return standingAt("same", file, twin.range, name);
    const changed = pairs.changed.find(({ before }) => before === part);
    return changed === undefined ? undefined : standingAt("changed", file, changed.after.range, name, changed.certain);
  }

  /** By lines, where the text does not read, or the anchor is about no item: all its lines must stand together. */
  #followLines(place: AnchorPlace, then: DesignFile, now: DesignFile | undefined): FollowedAnchor | undefined {
    const range = rangeOf(then.text, place);
    if (range === null || now === undefined) return undefined;
    const { from, positions } = this.#sharedLines(then, now);
    const [first, last] = [from.positionAt(range.start), from.positionAt(range.end)];
    const start = positions[first.line - 1] ?? -1;
    for (let line = first.line; line <= last.line; line++) {
      if (start < 0 || positions[line - 1] !== start + line - first.line) return undefined;
    }
    const file = readParts(now);
    const begin = file.lines.lineStart(start + 1) + first.column - 1;
    return standingAt("same", file, { start: begin, end: begin + range.end - range.start }, place.profile);
  }

  #sharedLines(then: DesignFile, now: DesignFile): SharedLines {
    const known = this.#lines.get(then);
    if (known !== undefined) return known;
    const shared = {
      from: readParts(then).lines,
      positions: aligned(linesOf(readParts(then).view.tree.text), linesOf(readParts(now).view.tree.text)),
    };
    this.#lines.set(then, shared);
    return shared;
  }
}

/** The file of a path. */
function fileAt(files: readonly DesignFile[], path: string): DesignFile | undefined {
  return files.find((file) => file.path === path);
}

function reads(file: DesignFile): boolean {
  return readParts(file).view.tree.errors.length === 0;
}
