import { roleMay } from "@hauberk/contract";
import type { CreatedDesign, DesignChange, NewDesign, SavedDesign } from "@hauberk/contract";
import type { Kysely, Store, Tables, Transaction } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller, SignedIn } from "../../access/callers.ts";
import { nothingHere } from "../../access/design-access.ts";
import { lockWorkspace, membership } from "../../access/members.ts";
import { newId, newToken, secretHash } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { readGate } from "../../saved-designs/gate.ts";
import type { DesignChanges, OngoingChange } from "../../saved-designs/design-changes.ts";
import { insertRevision, readRevisions } from "../revisions/revisions-store.ts";

/** Saved designs as a whole. */
export interface DesignsService {
  /** Saves a new design; its owner's key is told this once. */
  create(design: NewDesign, account: SignedIn | null): Promise<CreatedDesign>;
  read(caller: DesignCaller): Promise<SavedDesign>;
  change(caller: DesignCaller, change: DesignChange): Promise<SavedDesign>;
  /** Deletes it and everything that belongs to it. */
  remove(caller: DesignCaller): Promise<void>;
  /** The owner's new key; the old one is dead from now on. */
  replaceKey(caller: DesignCaller): Promise<string>;
}

/** Designs in a store. */
export function createDesignsService(store: Store, changes: DesignChanges, now: () => Date): DesignsService {
  return {
    async create(design, account) {
      const { workspace = null } = design;
      const id = newId();
      const key = newToken();
      const at = now().toISOString();
      await changes.change(id, async ({ trx, record }) => {
        const { name } = design;
        if (workspace !== null) await requireWorkspace(trx, workspace, account);
        await trx
          .insertInto("designs")
          .values({ id, name, at, changed: at, workspace, approvals: 0, newest: 1, events: 0 })
          .execute();
        const by = personOf(account, design.by);
        await record({ kind: "created", at, by, revision: 1, detail: name });
        const { files, message } = design;
        await insertRevision(trx, { design: id, number: 1, parent: null, files, message, by, at });
        await insertKey(trx, id, key, at);
      });
      const caller: DesignCaller = { design: id, role: "owner", holder: "key", entry: "key", account };
      return { design: await read(store.db, caller), key };
    },
    read: (caller) => read(store.db, caller),
    async change(caller, change) {
      await changes.change(caller.design, (ongoing) => applyChange(ongoing, caller, change, now().toISOString()));
      return read(store.db, caller);
    },
    async remove({ design }) {
      await changes.change(design, async ({ trx }) => {
        await trx.deleteFrom("designs").where("id", "=", design).execute();
      });
      await store.forget();
    },
    async replaceKey(caller) {
      const key = newToken();
      const at = now().toISOString();
      await changes.change(caller.design, async ({ trx, record }) => {
        await record({ kind: "key-replaced", at, by: personOf(caller.account, undefined) });
        await trx.deleteFrom("tokens").where("design", "=", caller.design).where("kind", "=", "key").execute();
        await insertKey(trx, caller.design, key, at);
      });
      return key;
    },
  };
}

async function requireWorkspace(trx: Transaction<Tables>, workspace: string, account: SignedIn | null): Promise<void> {
  if (account === null) throw new RequestProblem("sign-in-needed", "A workspace's design is saved by an account.");
  // A workspace that is deleted at this moment, or a member who is removed, comes before or after as a whole.
  const member = (await lockWorkspace(trx, workspace)) ? await membership(trx, workspace, account) : null;
  if (member === null) throw new RequestProblem("not-found", "No workspace of yours has this name.");
  if (!roleMay(member.designs, "save")) {
    throw new RequestProblem("not-permitted", "In this workspace you may not save designs.");
  }
}

async function insertKey(trx: Transaction<Tables>, design: string, key: string, at: string): Promise<void> {
  const row = { hash: secretHash(key), design, kind: "key", link: null, at, expires: null } as const;
  await trx.insertInto("tokens").values(row).execute();
}

async function applyChange(
  { trx, record }: OngoingChange,
  { design, account }: DesignCaller,
  { name, approvals }: DesignChange,
  at: string,
): Promise<void> {
  const by = personOf(account, undefined);
  if (name !== undefined) {
    await record({ kind: "renamed", at, by, detail: name });
    await trx.updateTable("designs").set({ name }).where("id", "=", design).execute();
  }
  if (approvals !== undefined) {
    await record({ kind: "gate-set", at, by, detail: String(approvals) });
    await trx.updateTable("designs").set({ approvals }).where("id", "=", design).execute();
  }
}

async function read(db: Kysely<Tables>, { design, role, account }: DesignCaller): Promise<SavedDesign> {
  const row = await db.selectFrom("designs").selectAll().where("id", "=", design).executeTakeFirst();
  const gate = await readGate(db, design);
  const [newest] = await readRevisions(db, design, 1);
  if (row === undefined || gate === undefined || newest === undefined) throw nothingHere();
  const { id, name, at, workspace } = row;
  const signedIn = account === null ? null : { name: account.name, account: account.id };
  return { id, name, at, workspace, role, signedIn, newest, gate };
}
