import { z } from "zod";
import { bundleApproverSchema, reviewLimits, roleMay } from "@hauberk/contract";
import type { BundleApprover, BundleRecord, NewBundleRecord } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { eventDetail } from "../../saved-designs/event-detail.ts";
import { gateOfBytes, whatGateLacks } from "../../saved-designs/gate.ts";
import { hashOfRevision } from "../../saved-designs/revision-hash.ts";
import { requireRoom } from "../../saved-designs/room.ts";
import { insertBundle, readBundles, readNeededApprovals } from "./bundles-store.ts";
import type { BundleRow } from "./bundles-store.ts";

/** Which bundles were made of a design, and whether one may be. */
export interface BundlesService {
  /** Latest first. */
  list(caller: DesignCaller): Promise<BundleRecord[]>;
  /** Records that a bundle of a revision is made; refuses where the gate is closed for the revision's bytes. */
  record(caller: DesignCaller, bundle: NewBundleRecord): Promise<BundleRecord>;
}

/** Records of bundles in a store. */
export function createBundlesService(store: Store, changes: DesignChanges, now: () => Date): BundlesService {
  return {
    async list(caller) {
      const rows = await readBundles(store.db, caller.design, reviewLimits.listed);
      return rows.map(bundleOf);
    },
    record: (caller, bundle) =>
      changes.change(caller.design, async (change) =>
        bundleOf(await enter(change, caller, bundle, now().toISOString())),
      ),
  };
}

async function enter(
  { trx, record, limits }: OngoingChange,
  { design, account, role }: DesignCaller,
  { revision, format, targets, by: signature }: NewBundleRecord,
  at: string,
): Promise<BundleRow> {
  const id = newId();
  const by = personOf(account, signature);
  const detail = targets.length === 0 ? format : `${format} for ${targets.join(", ")}`;
  const number = await record({ kind: "bundle-made", at, by, revision, subject: id, detail: eventDetail(detail) });
  // Whoever may only read shall not keep those from their bundles who write the design.
  const most = roleMay(role, "save") ? limits.bundles : limits.bundlesOfReaders;
  await requireRoom(trx, design, "bundles", most, "The design has as many records of bundles as one can");
  const required = await readNeededApprovals(trx, design);
  const hash = await hashOfRevision(trx, design, revision);
  if (hash === undefined || required === undefined) {
    throw new RequestProblem("not-found", `The design has no revision ${revision}.`);
  }
  const { gate, approvals } = await gateOfBytes(trx, design, required, hash);
  if (!gate.open) throw new RequestProblem("gate-closed", whatGateLacks(gate));
  const row: BundleRow = {
    id,
    design,
    number,
    revision,
    hash,
    format,
    targets: JSON.stringify(targets),
    by_name: by.name,
    by_account: by.account,
    at,
    approved_by: JSON.stringify(
      approvals.map((one): BundleApprover => ({
        name: one.by_name,
        account: one.by_account,
        revision: one.revision,
        at: one.at,
      })),
    ),
  };
  await insertBundle(trx, row);
  return row;
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
