import { roleMay } from "@hauberk/contract";
import type { Comment, NewComment, Resolution, Signed } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { hashOfRevision } from "../../saved-designs/revision-hash.ts";
import { inWords, noRoom, noRoomOfHolder } from "../../saved-designs/room.ts";
import { anchorFits, commentOf, settledBy, unsettled, writtenPart } from "./comment-rows.ts";
import { insertComment, measureComments, readComment, readComments, readFileOfRevision } from "./comments-store.ts";
import { updateComment } from "./comments-store.ts";
import type { CommentRow } from "./comments-store.ts";

/** What people say about a design. */
export interface CommentsService {
  /** Oldest first. */
  list(caller: DesignCaller): Promise<Comment[]>;
  /** Refuses where its anchor is not what stands in the revision, or what it answers is not there. */
  add(caller: DesignCaller, comment: NewComment): Promise<Comment>;
  /** Settles a thread or opens it again; answers with the comment that it begins with. */
  resolve(caller: DesignCaller, id: string, resolution: Resolution): Promise<Comment>;
  /** Takes a comment's text away; refuses where it is somebody else's and the caller is not the owner. */
  remove(caller: DesignCaller, id: string, signed: Signed): Promise<void>;
}

/** Comments in a store. */
export function createCommentsService(store: Store, changes: DesignChanges, now: () => Date): CommentsService {
  return {
    async list(caller) {
      const rows = await readComments(store.db, caller.design);
      return rows.map((row) => commentOf(row, caller.holder));
    },
    add: (caller, comment) =>
      changes.change(caller.design, async (change) => {
        const row = await add(change, caller, comment, now().toISOString());
        return commentOf(row, caller.holder);
      }),
    resolve: (caller, id, { resolved, by: signature }) =>
      changes.change(caller.design, async ({ trx, record }) => {
        const row = known(await readComment(trx, caller.design, id));
        if (row.thread !== null) {
          throw new RequestProblem(
            "invalid-request",
            "This is a reply: settle the comment that its thread begins with.",
          );
        }
        if ((row.resolved_at !== null) === resolved) return commentOf(row, caller.holder);
        const at = now().toISOString();
        const by = personOf(caller.account, signature);
        await record({ kind: resolved ? "resolved" : "reopened", at, by, subject: id });
        const state = resolved ? settledBy(by, at) : unsettled;
        await updateComment(trx, id, state);
        return commentOf({ ...row, ...state }, caller.holder);
      }),
    async remove(caller, id, { by: signature }) {
      await changes.change(caller.design, async ({ trx, record }) => {
        const row = known(await readComment(trx, caller.design, id));
        if (row.holder !== caller.holder && !roleMay(caller.role, "manage")) {
          throw new RequestProblem("not-permitted", "Only whoever wrote a comment, or the owner, may delete it.");
        }
        if (row.deleted !== null) return;
        const at = now().toISOString();
        await record({ kind: "comment-deleted", at, by: personOf(caller.account, signature), subject: id });
        await updateComment(trx, id, { text: "", suggestion: null, deleted: at });
      });
      await store.forget();
    },
  };
}

async function add(
  change: OngoingChange,
  { design, holder, account }: DesignCaller,
  comment: NewComment,
  at: string,
): Promise<CommentRow> {
  const { trx, record } = change;
  const id = newId();
  const by = personOf(account, comment.by);
  const number = await record({ kind: "commented", at, by, revision: comment.revision, subject: id });
  await requireRoomForComment(change, { design, holder }, comment);
  await requireRevision(change, design, comment);
  const thread = await threadOf(change, design, comment.thread);
  const row: CommentRow = {
    id,
    design,
    number,
    thread,
    ...writtenPart(comment),
    by_name: by.name,
    by_account: by.account,
    holder,
    at,
    ...unsettled,
    applied: null,
    deleted: null,
  };
  await insertComment(trx, row);
  return row;
}

function known(row: CommentRow | undefined): CommentRow {
  if (row === undefined) throw new RequestProblem("not-found", "The design has no such comment.");
  return row;
}

async function requireRoomForComment(
  { trx, limits }: OngoingChange,
  { design, holder }: { readonly design: string; readonly holder: string },
  comment: NewComment,
): Promise<void> {
  const own = await measureComments(trx, design, holder);
  const { comments, characters } = await measureComments(trx, design);
  const { text, anchor, suggestion } = writtenPart(comment);
  const more = text.length + (anchor?.length ?? 0) + (suggestion?.length ?? 0);
  if (own.comments >= limits.commentsOfHolder) throw noRoomOfHolder(`${inWords(limits.commentsOfHolder)} comments`);
  if (own.characters + more > limits.commentCharactersOfHolder) {
    throw noRoomOfHolder(`${inWords(limits.commentCharactersOfHolder)} characters of comments`);
  }
  if (comments >= limits.comments) {
    throw noRoom(`The design has as many comments as one can: ${inWords(limits.comments)}`);
  }
  if (characters + more > limits.commentCharacters) {
    throw noRoom(`The comments of a design hold at most ${inWords(limits.commentCharacters)} characters together`);
  }
}

/** The revision that a comment's writer saw must be there, and so must the rule that it is about. */
async function requireRevision({ trx }: OngoingChange, design: string, comment: NewComment): Promise<void> {
  const { revision, anchor } = comment;
  if ((await hashOfRevision(trx, design, revision)) === undefined) {
    throw wrong("/revision", `The design has no revision ${revision}.`);
  }
  if (anchor === null) return;
  const text = await readFileOfRevision(trx, design, anchor.revision, anchor.file);
  if (text === undefined) throw wrong("/anchor/file", `Revision ${anchor.revision} has no such file.`);
  if (!anchorFits(anchor, text)) {
    throw wrong("/anchor/text", `Something else stands at this place of the file in revision ${anchor.revision}.`);
  }
}

/** The comment that a thread begins with, for an answer to any of its comments. */
async function threadOf({ trx }: OngoingChange, design: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const row = await readComment(trx, design, id);
  if (row === undefined) throw wrong("/thread", "The comment that this answers is not there.");
  return row.thread ?? row.id;
}

function wrong(pointer: string, message: string): RequestProblem {
  return new RequestProblem("invalid-request", message, [{ pointer, message }]);
}
