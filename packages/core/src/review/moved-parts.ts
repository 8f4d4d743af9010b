import type { PairedRevisions } from "./pair-revisions.ts";
import type { FileParts, Part, ProfileParts } from "./parts.ts";

/** A part in the place that it has now; `profile` null: outside of any. */
export interface MovedPart {
  readonly part: Part;
  readonly file: FileParts;
  readonly profile: ProfileParts | null;
}

/** The parts of a profile, or those outside of any in a file; null where there is no such place in that revision. */
interface PairedPlace {
  readonly from: FileParts | ProfileParts | null;
  readonly to: FileParts | ProfileParts | null;
}

/**
 * What says the same in another profile or file now, by its key: it went from one place, and came in exactly one other that did
 * not have it. Where more went or came nobody knows which went where.
 */
export function movedParts(pairs: PairedRevisions): ReadonlyMap<string, MovedPart> {
  const went = new Map<string, number>();
  const came = new Map<string, MovedPart[]>();
  for (const { from, to } of placesOf(pairs)) {
    const had = new Set(from?.parts.map(({ key }) => key));
    const has = new Set(to?.parts.map(({ key }) => key));
    for (const key of had) if (!has.has(key)) went.set(key, (went.get(key) ?? 0) + 1);
    if (to === null) continue;
    const [file, profile] = "head" in to ? [to.file, to] : [to, null];
    for (const part of to.parts) {
      if (had.has(part.key)) continue;
      const those = came.get(part.key) ?? [];
      those.push({ part, file, profile });
      came.set(part.key, those);
    }
  }
  const found = [...came].flatMap(([key, [moved, ...others]]) =>
    moved === undefined || others.length > 0 || went.get(key) !== 1 ? [] : [[key, moved] as const],
  );
  return new Map(found);
}

function placesOf({ files, profiles: { pairs, added, removed } }: PairedRevisions): readonly PairedPlace[] {
  return [
    ...files,
    ...pairs.map(({ before, after }) => ({ from: before, to: after })),
    ...added.map((to) => ({ from: null, to })),
    ...removed.map((from) => ({ from, to: null })),
  ];
}
