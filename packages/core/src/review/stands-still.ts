import type { DesignFile } from "../design/index.ts";
import { headWords, itemAt, rangeOf, standingAt, type AnchorItem } from "./anchor-items.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { linesOf } from "./align.ts";
import { readParts, type FileParts } from "./parts.ts";

type StandingAnchor = FollowedAnchor & { readonly state: "same" | "changed" };

/**
 * Where the thing of an anchor says the same in the same profile of the same file, in whatever line: that holds over any number
 * of revisions. Undefined where it is not for certain so.
 */
export function standsStill(
  place: AnchorPlace,
  before: readonly DesignFile[],
  after: readonly DesignFile[],
): StandingAnchor | undefined {
  const [then, now] = [before, after].map((files) => files.find(({ path }) => path === place.file));
  if (then === undefined || now === undefined) return undefined;
  const file = readParts(then);
  const item = itemAt(file, place);
  if (then.text === now.text) {
    const range = item?.range ?? rangeOf(then.text, place);
    return range === null ? undefined : standingAt("same", readParts(now), range, item?.profile?.name ?? place.profile);
  }
  return item === undefined ? sameLines(place, then, now) : sameItem(item, file, readParts(now));
}

function sameItem({ part, profile }: AnchorItem, then: FileParts, now: FileParts): StandingAnchor | undefined {
  const [was, is] = [then, now].map(({ profiles }) => profiles.filter(({ name }) => name === profile?.name));
  const there = profile === null ? now : is?.[0];
  if (there === undefined || (profile !== null && (was?.length !== 1 || is?.length !== 1))) return undefined;
  if (part === undefined) {
    const same = profile !== null && "head" in there && headWords(profile) === headWords(there);
    return same ? standingAt("same", now, there.head, there.name) : undefined;
  }
  const [those, these] = [profile ?? then, there].map(({ parts }) => parts.filter(({ key }) => key === part.key));
  // Of several alike the same one in their order, as long as none came or went.
  const found = those?.length === these?.length ? these?.[those?.indexOf(part) ?? -1] : undefined;
  return found === undefined ? undefined : standingAt("same", now, found.range, profile?.name ?? null);
}

/** By whole lines, which stand once in either text. */
function sameLines(place: AnchorPlace, then: DesignFile, now: DesignFile): StandingAnchor | undefined {
  const range = rangeOf(then.text, place);
  if (range === null) return undefined;
  const { lines } = readParts(then);
  const [first, last] = [lines.positionAt(range.start), lines.positionAt(range.end)];
  const block = linesOf(then.text)
    .slice(first.line - 1, last.line)
    .join("");
  if (block.trim() === "" || !isOnce(then.text, block) || !isOnce(now.text, block)) return undefined;
  const start = now.text.indexOf(block) + first.column - 1;
  return standingAt("same", readParts(now), { start, end: start + range.end - range.start }, place.profile);
}

function isOnce(text: string, block: string): boolean {
  const at = text.indexOf(block);
  return at !== -1 && (at === 0 || text[at - 1] === "\n") && !text.includes(block, at + 1);
}
