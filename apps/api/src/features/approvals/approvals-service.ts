import { reviewLimits, roleMay } from "@hauberk/contract";
import type { Approval, NewApproval, Person, Signed } from "@hauberk/contract";
import type { Store, Tables, Transaction } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { eventDetail } from "../../saved-designs/event-detail.ts";
import { hashOfRevision } from "../../saved-designs/revision-hash.ts";
import { requireRoom, requireRoomOfHolder } from "../../saved-designs/room.ts";
import {
  decisionWords,
  entryOf,
  isOfSaver,
  readLapses,
  readStanding,
  saversOf,
} from "../../saved-designs/who-decided.ts";
import type { DecisionRow } from "../../saved-designs/who-decided.ts";
import { insertApproval, readApproval, readApprovals, readNewestHash, withdrawApproval } from "./approvals-store.ts";

/** Who has approved which bytes of a design, and who asks for changes. */
export interface ApprovalsService {
  /** Latest first. */
  list(caller: DesignCaller): Promise<Approval[]>;
  /** Refuses where the bytes that were read are not the revision's, and an approval by whoever saved them. */
  decide(caller: DesignCaller, decision: NewApproval): Promise<Approval>;
  /** Takes the caller's own decision back, or anybody's as the owner. */
  withdraw(caller: DesignCaller, id: string, signed: Signed): Promise<void>;
}

/** Decisions in a store. */
export function createApprovalsService(store: Store, changes: DesignChanges, now: () => Date): ApprovalsService {
  return {
    async list(caller) {
      const newest = await readNewestHash(store.db, caller.design);
      const rows = await readApprovals(store.db, caller.design, reviewLimits.listed);
      const hasLapsed = await readLapses(store.db, caller.design);
      return rows.map((row) => approvalOf(row, caller, newest, hasLapsed(row)));
    },
    decide: (caller, decision) =>
      changes.change(caller.design, async (change) => {
        const row = await decide(change, caller, decision, now().toISOString());
        return approvalOf(row, caller, await readNewestHash(change.trx, caller.design), false);
      }),
    withdraw: (caller, id, { by: signature }) =>
      changes.change(caller.design, async (change) => {
        const row = await readApproval(change.trx, caller.design, id);
        if (row === undefined) throw new RequestProblem("not-found", "The design has no such decision.");
        if (!isOf(row, caller) && !roleMay(caller.role, "manage")) {
          throw new RequestProblem("not-permitted", "A decision is taken back only by whoever made it, or the owner.");
        }
        if (row.withdrawn !== null) return;
        await withdraw(change, row, personOf(caller.account, signature), now().toISOString());
      }),
  };
}

async function withdraw({ trx, record }: OngoingChange, row: DecisionRow, by: Person, at: string): Promise<void> {
  const { id: subject, revision } = row;
  await record({ kind: "decision-withdrawn", at, by, revision, subject, detail: eventDetail(decisionWords(row)) });
  await withdrawApproval(trx, row.id, at);
}

async function decide(
  change: OngoingChange,
  caller: DesignCaller,
  { revision, hash, decision, note, by: signature }: NewApproval,
  at: string,
): Promise<DecisionRow> {
  const { trx, record, limits } = change;
  const { design, holder, entry, account } = caller;
  const id = newId();
  const by = personOf(account, signature);
  const kind = decision === "approve" ? "approved" : "changes-requested";
  const number = await record({ kind, at, by, revision, subject: id, detail: eventDetail(note) });
  const full = "The design has as many decisions as one can";
  const made = await requireRoom(trx, design, "approvals", limits.decisions, full);
  // Nobody shall shut the gate for good by filling the room of those who are still to approve.
  const most = made < limits.decisionsUnrationed ? limits.decisionsOfHolder : limits.decisionsRation;
  await requireRoomOfHolder(trx, { design, holder }, "approvals", most, "decisions");
  const saved = await hashOfRevision(trx, design, revision);
  if (saved === undefined) throw new RequestProblem("not-found", `The design has no revision ${revision}.`);
  if (saved !== hash) {
    throw new RequestProblem(
      "outdated-hash",
      `What was read is not revision ${revision} as it was saved. Load the revision again, and read it once more.`,
    );
  }
  const standing = await readStanding(trx, design, hash);
  if (decision === "approve") await requireAnother(trx, caller, hash, standing);
  for (const replaced of standing.filter((one) => isOf(one, caller))) await withdraw(change, replaced, by, at);
  const row: DecisionRow = {
    id,
    design,
    number,
    revision,
    hash,
    decision,
    note,
    by_name: by.name,
    by_account: by.account,
    holder,
    entry,
    at,
    withdrawn: null,
  };
  await insertApproval(trx, row);
  return row;
}

/** Refuses an approval by whoever saved the bytes, or has approved them by the same link when they were signed in. */
async function requireAnother(
  trx: Transaction<Tables>,
  { design, entry, account }: DesignCaller,
  hash: string,
  standing: readonly DecisionRow[],
): Promise<void> {
  if (isOfSaver({ account: account?.id ?? null, entry }, await saversOf(trx, design, hash))) {
    const why =
      account === null
        ? "Who saved this has decided by this link before. If that is not you, sign in, so that you are told from them."
        : "Somebody else has to approve this: you have saved it yourself.";
    throw new RequestProblem("not-permitted", why);
  }
  const approvals = standing.filter(({ decision }) => decision === "approve");
  if (account === null && approvals.some((row) => row.by_account !== null && entryOf(row) === entry)) {
    throw new RequestProblem(
      "not-permitted",
      "Somebody who was signed in has approved this by this link. If that was not you, sign in, so that you are told from them.",
    );
  }
}

/** Whether the decision is the caller's own: by the same account whatever let it in, or by the same link without one. */
function isOf(row: DecisionRow, { holder, entry, account }: DesignCaller): boolean {
  return row.holder === holder || row.holder === entry || (row.by_account !== null && row.by_account === account?.id);
}

function approvalOf(row: DecisionRow, caller: DesignCaller, newest: string | undefined, lapsed: boolean): Approval {
  const { id, revision, hash, decision, note, at, withdrawn } = row;
  const by = { name: row.by_name, account: row.by_account };
  return {
    id,
    revision,
    hash,
    decision,
    note,
    by,
    mine: isOf(row, caller),
    at,
    stale: hash !== newest,
    lapsed,
    withdrawn,
  };
}
