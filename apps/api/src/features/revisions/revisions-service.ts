import type { NewRevision, Revision, WholeRevision } from "@hauberk/contract";
import type { Store, Tables, Transaction } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { inWords, noRoom } from "../../saved-designs/room.ts";
import { applySuggestions } from "../comments/apply-suggestions.ts";
import { insertRevision, measureContents, readRevisions, readWholeRevision } from "./revisions-store.ts";

/** The revisions of saved designs. */
export interface RevisionsService {
  /** Newest first. */
  list(caller: DesignCaller): Promise<Revision[]>;
  read(caller: DesignCaller, number: number): Promise<WholeRevision>;
  /** Resolves when the revision is on the disk; refuses where its parent is not the newest. */
  save(caller: DesignCaller, revision: NewRevision): Promise<Revision>;
}

const mostListed = 1_000;

/** Revisions in a store. */
export function createRevisionsService(store: Store, changes: DesignChanges, now: () => Date): RevisionsService {
  return {
    list: (caller) => readRevisions(store.db, caller.design, mostListed),
    async read(caller, number) {
      const revision = await readWholeRevision(store.db, caller.design, number);
      if (revision === undefined) throw new RequestProblem("not-found", "The design has no revision of this number.");
      return revision;
    },
    save: (caller, revision) =>
      changes.change(caller.design, (change) => save(change, caller, revision, now().toISOString())),
  };
}

async function save(
  change: OngoingChange,
  caller: DesignCaller,
  { parent, files, message, by: signature, applies, draft }: NewRevision,
  at: string,
): Promise<Revision> {
  const { trx, record, limits } = change;
  const { design } = caller;
  const by = personOf(caller.account, signature);
  const number = parent + 1;
  // First of all: whoever saves at the same moment waits here, and then sees that its parent is not the newest.
  await record({ kind: "revision-saved", at, by, revision: number, detail: message });
  const moved = await trx
    .updateTable("designs")
    .set({ newest: number })
    .where("id", "=", design)
    .where("newest", "=", parent)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) throw await newerRevision(trx, design);
  if (number > limits.revisions) {
    throw noRoom(`The design has as many revisions as one can: ${inWords(limits.revisions)}`);
  }
  const revision = await insertRevision(trx, { design, number, parent, files, message, by, at });
  if ((await measureContents(trx, design)) > limits.contentBytes) {
    throw noRoom(`The texts of all revisions of a design hold at most ${inWords(limits.contentBytes)} bytes together`);
  }
  await applySuggestions(change, { design, number, by, at }, applies);
  if (draft !== undefined) {
    // One that the same holder kept elsewhere meanwhile is not in this revision.
    const own = trx.deleteFrom("drafts").where("design", "=", design).where("holder", "=", caller.holder);
    await own.where("at", "=", draft).execute();
  }
  return revision;
}

async function newerRevision(trx: Transaction<Tables>, design: string): Promise<RequestProblem> {
  const newest = await trx
    .selectFrom("revisions")
    .select(["number", "by_name"])
    .where("design", "=", design)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return new RequestProblem(
    "newer-revision",
    `Nothing was saved: ${newest.by_name} has saved revision ${newest.number} meanwhile. Merge with it, then save on top of it.`,
  );
}
