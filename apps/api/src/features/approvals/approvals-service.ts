import { reviewLimits } from "@hauberk/contract";
import type { Approval, NewApproval } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { eventDetail } from "../../saved-designs/event-detail.ts";
import { saversOf } from "../../saved-designs/gate.ts";
import { hashOfRevision } from "../../saved-designs/revision-hash.ts";
import { requireRoom, requireRoomOfHolder } from "../../saved-designs/room.ts";
import {
  insertApproval,
  readApproval,
  readApprovals,
  readNewestHash,
  withdrawApproval,
  withdrawStanding,
} from "./approvals-store.ts";
import type { ApprovalRow } from "./approvals-store.ts";

/** Who has approved which bytes of a design, and who asks for changes. */
export interface ApprovalsService {
  /** Latest first. */
  list(caller: DesignCaller): Promise<Approval[]>;
  /** Refuses where the bytes that were read are not the revision's, and an approval by whoever saved them. */
  decide(caller: DesignCaller, decision: NewApproval): Promise<Approval>;
  /** Takes the caller's own decision back. */
  withdraw(caller: DesignCaller, id: string): Promise<void>;
}

/** Decisions in a store. */
export function createApprovalsService(store: Store, changes: DesignChanges, now: () => Date): ApprovalsService {
  return {
    async list(caller) {
      const newest = await readNewestHash(store.db, caller.design);
      const rows = await readApprovals(store.db, caller.design, reviewLimits.listed);
      return rows.map((row) => approvalOf(row, caller, newest));
    },
    decide: (caller, decision) =>
      changes.change(caller.design, async (change) => {
        const row = await decide(change, caller, decision, now().toISOString());
        return approvalOf(row, caller, await readNewestHash(change.trx, caller.design));
      }),
    withdraw: (caller, id) =>
      changes.change(caller.design, async ({ trx, record }) => {
        const row = await readApproval(trx, caller.design, id);
        if (row === undefined) throw new RequestProblem("not-found", "The design has no such decision.");
        if (!isOf(row, caller)) {
          throw new RequestProblem("not-permitted", "A decision is taken back only by whoever made it.");
        }
        if (row.withdrawn !== null) return;
        const at = now().toISOString();
        const by = personOf(caller.account, row.by_name);
        await record({ kind: "decision-withdrawn", at, by, revision: row.revision, subject: id });
        await withdrawApproval(trx, id, at);
      }),
  };
}

async function decide(
  { trx, record, limits }: OngoingChange,
  { design, holder, account }: DesignCaller,
  { revision, hash, decision, note, by: signature }: NewApproval,
  at: string,
): Promise<ApprovalRow> {
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
  if (decision === "approve" && by.account !== null && (await saversOf(trx, design, hash)).has(by.account)) {
    throw new RequestProblem("not-permitted", "Somebody else has to approve this: you have saved it yourself.");
  }
  await withdrawStanding(trx, design, { holder, account: by.account }, at);
  const row: ApprovalRow = {
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
    at,
    withdrawn: null,
  };
  await insertApproval(trx, row);
  return row;
}

/** Whether the decision is the caller's own: by the same link, or by the same account whatever let it in. */
function isOf(row: ApprovalRow, { holder, account }: DesignCaller): boolean {
  return row.holder === holder || (row.by_account !== null && row.by_account === account?.id);
}

function approvalOf(row: ApprovalRow, caller: DesignCaller, newest: string | undefined): Approval {
  const { id, revision, hash, decision, note, at, withdrawn } = row;
  const by = { name: row.by_name, account: row.by_account };
  return { id, revision, hash, decision, note, by, mine: isOf(row, caller), at, stale: hash !== newest, withdrawn };
}
