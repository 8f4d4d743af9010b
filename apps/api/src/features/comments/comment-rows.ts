import { z } from "zod";
import { anchorSchema } from "@hauberk/contract";
import type { Anchor, Comment, NewComment, Person } from "@hauberk/contract";
import type { CommentRow } from "./comments-store.ts";

/** How many characters of a long rule an anchor holds. */
const mostAnchorText = 4_000;

/** The comment as somebody sees it: `holder` is who. */
export function commentOf(row: CommentRow, holder: string): Comment {
  return {
    id: row.id,
    thread: row.thread,
    revision: row.revision,
    text: row.text,
    anchor: row.anchor === null ? null : anchorSchema.parse(JSON.parse(row.anchor)),
    suggestion: row.suggestion === null ? null : z.string().parse(JSON.parse(row.suggestion)),
    by: { name: row.by_name, account: row.by_account },
    mine: row.holder === holder,
    at: row.at,
    resolved: resolutionOf(row),
    applied: row.applied,
    deleted: row.deleted !== null,
  };
}

function resolutionOf({ resolved_name, resolved_account, resolved_at }: CommentRow): Comment["resolved"] {
  if (resolved_name === null || resolved_at === null) return null;
  return { by: { name: resolved_name, account: resolved_account }, at: resolved_at };
}

/** What a row says of a thread that is settled. */
export function settledBy(by: Person, at: string) {
  return { resolved_name: by.name, resolved_account: by.account, resolved_at: at };
}

/** What a row says of a thread that is not. */
export const unsettled = { resolved_name: null, resolved_account: null, resolved_at: null };

/** What of a new comment stands in its row. Anchor and suggestion hold text of the design, which may be anything. */
export function writtenPart(body: NewComment): Pick<CommentRow, "revision" | "text" | "anchor" | "suggestion"> {
  return {
    revision: body.revision,
    text: body.text,
    anchor: body.anchor === null ? null : JSON.stringify(body.anchor),
    suggestion: body.suggestion === null ? null : JSON.stringify(body.suggestion),
  };
}

/** Whether the anchor's text is what stands at its place in the file, or the first of it where that is long. */
export function anchorFits({ start, end, text }: Anchor, fileText: string): boolean {
  if (end < start || end > fileText.length) return false;
  const there = fileText.slice(start, end);
  return there === text || (text.length === mostAnchorText && there.startsWith(text));
}
