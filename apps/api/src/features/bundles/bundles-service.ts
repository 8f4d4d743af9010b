import { z } from "zod";
import { bundleApproverSchema, reviewLimits, roleMay } from "@hauberk/contract";
import type { BundleApprover, BundleRecord, NewBundleRecord } from "@hauberk/contract";
import type { Store, Tables, Transaction } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { eventDetail } from "../../saved-designs/event-detail.ts";
import { gateOfBytes, whatGateLacks } from "../../saved-designs/gate.ts";
import { hashOfRevision } from "../../saved-designs/revision-hash.ts";
import { requireRoom, requireRoomOfHolder } from "../../saved-designs/room.ts";
import { insertBundle, readBundles, readNeededApprovals, readSameBundle } from "./bundles-store.ts";
import type { BundleRow } from "./bundles-store.ts";

/** Which bundles were made of a design, and whether one may be. */
export interface BundlesService {
  /** Latest first. */
  list(caller: DesignCaller): Promise<BundleRecord[]>;
  /**
   * Records that a bundle of a revision is made; refuses where the gate is closed for the revision's bytes. Answers with the
   * record that is there where the same holder has recorded the same.
   */
  record(caller: DesignCaller, bundle: NewBundleRecord): Promise<BundleRecord>;
}

/** Records of bundles in a store. */
export function createBundlesService(store: Store, changes: DesignChanges, now: () => Date): BundlesService {
  return {
    async list(caller) {
      const rows = await readBundles(store.db, caller.design, reviewLimits.listed);
      return rows.map(bundleOf);
    },
    async record(caller, bundle) {
      // What is recorded already takes neither a row nor a line of the history, however often it is asked for.
      const same = await store.transaction(async (trx) => readSameBundle(trx, await passGate(trx, caller, bundle)));
      if (same !== undefined) return bundleOf(same);
      const at = now().toISOString();
      return bundleOf(await changes.change(caller.design, (change) => enter(change, caller, bundle, at)));
    },
  };
}

async function enter(
  { trx, record, limits }: OngoingChange,
  caller: DesignCaller,
  bundle: NewBundleRecord,
  at: string,
): Promise<BundleRow> {
  const { design, holder, account, role } = caller;
  const { revision, format, targets, by: signature } = bundle;
  const id = newId();
  const by = personOf(account, signature);
  const detail = targets.length === 0 ? format : `${format} for ${targets.join(", ")}`;
  const number = await record({ kind: "bundle-made", at, by, revision, subject: id, detail: eventDetail(detail) });
  // The gate first: who is told that there is no room may rely on it that nothing else keeps the bundle back.
  const row: BundleRow = { id, number, at, ...(await passGate(trx, caller, bundle)) };
  await requireRoomOfHolder(trx, { design, holder }, "bundles", limits.bundlesOfHolder, "records of bundles");
  // Whoever may only read shall not keep those from their bundles who write the design.
  const most = roleMay(role, "save") ? limits.bundles : limits.bundlesOfReaders;
  await requireRoom(trx, design, "bundles", most, "The design has as many records of bundles as one can");
  await insertBundle(trx, row);
  return row;
}

/** What is to be recorded, where the gate is open for it; refuses where it is not. */
async function passGate(
  trx: Transaction<Tables>,
  { design, holder, account }: DesignCaller,
  { revision, format, targets, by: signature }: NewBundleRecord,
): Promise<Omit<BundleRow, "id" | "number" | "at">> {
  const required = await readNeededApprovals(trx, design);
  const hash = await hashOfRevision(trx, design, revision);
  if (hash === undefined || required === undefined) {
    throw new RequestProblem("not-found", `The design has no revision ${revision}.`);
  }
  const { gate, approvals } = await gateOfBytes(trx, design, required, hash);
  if (!gate.open) throw new RequestProblem("gate-closed", whatGateLacks(gate));
  const by = personOf(account, signature);
  return {
    design,
    revision,
    hash,
    format,
    targets: JSON.stringify(targets),
    by_name: by.name,
    by_account: by.account,
    holder,
    approved_by: JSON.stringify(
      approvals.map((one): BundleApprover => ({
        name: one.by_name,
        account: one.by_account,
        revision: one.revision,
        at: one.at,
      })),
    ),
  };
}

function bundleOf(row: BundleRow): BundleRecord {
  return {
    id: row.id,
    revision: row.revision,
    hash: row.hash,
    format: row.format,
    targets: z.array(z.string()).parse(JSON.parse(row.targets)),
    by: { name: row.by_name, account: row.by_account },
    at: row.at,
    approvedBy: approversOf(row),
  };
}

/** Early records name who approved and nothing more: it was these bytes, at the latest when the bundle was made. */
function approversOf({ approved_by, revision, at }: BundleRow): BundleApprover[] {
  const { shape } = bundleApproverSchema;
  const kept = bundleApproverSchema.extend({ revision: shape.revision.default(revision), at: shape.at.default(at) });
  return z.array(kept).parse(JSON.parse(approved_by));
}
