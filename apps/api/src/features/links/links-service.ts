import { linkRoleSchema } from "@hauberk/contract";
import type { CreatedLink, Link, NewLink } from "@hauberk/contract";
import type { Store, Tables, Transaction } from "@hauberk/store";
import { personOf } from "../../access/callers.ts";
import type { DesignCaller } from "../../access/callers.ts";
import { liveToken, nothingHere } from "../../access/design-access.ts";
import { keptUses } from "../../access/link-uses.ts";
import { newId, newToken, secretHash } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { DesignChanges } from "../../saved-designs/design-changes.ts";
import { requireRoom } from "../../saved-designs/room.ts";
import { isPassphrase, passphraseHash } from "./passphrases.ts";
import { createUnlockTries } from "./unlock-tries.ts";
import type { UnlockTries } from "./unlock-tries.ts";

/** Links to saved designs. */
export interface LinksService {
  /** Newest first, the dead ones too. */
  list(caller: DesignCaller): Promise<Link[]>;
  /** Makes a link; its token is told this once. */
  create(caller: DesignCaller, link: NewLink): Promise<CreatedLink>;
  /** Nobody gets in by it from now on. */
  revoke(caller: DesignCaller, link: string): Promise<void>;
  /** A token for some hours, for a link's own token and its passphrase. */
  unlock(attempt: UnlockAttempt): Promise<{ token: string; expires: string }>;
}

/** Somebody who has a link with a passphrase. */
export interface UnlockAttempt {
  readonly design: string;
  readonly token: string;
  readonly passphrase: string;
  /** The address, for limits. */
  readonly client: string;
}

const unlockedFor = 12 * 60 * 60_000;

/** Links in a store. */
export function createLinksService(store: Store, changes: DesignChanges, now: () => Date): LinksService {
  const tries = createUnlockTries(store, now);
  return {
    list: (caller) => list(store, caller.design),
    async create(caller, wanted) {
      const at = now().toISOString();
      if (wanted.expires !== null && wanted.expires <= at) {
        throw new RequestProblem("invalid-request", "The link would be dead at once: name a later moment.", [
          { pointer: "/expires", message: "The moment is past." },
        ]);
      }
      const passphrase = wanted.passphrase === null ? null : await passphraseHash(wanted.passphrase);
      const { role, label, expires, membersOnly } = wanted;
      const { design } = caller;
      const row = { id: newId(), design, role, label, at, expires, passphrase, revoked: null };
      const kept = { ...row, members_only: membersOnly ? 1 : 0 };
      const token = newToken();
      await changes.change(design, async ({ trx, record, limits }) => {
        const by = personOf(caller.account, undefined);
        await record({ kind: "link-created", at, by, subject: row.id, detail: label });
        await requireRoom(trx, design, "links", limits.links, "With the revoked ones the design has all its links");
        if (membersOnly) await requireWorkspace(trx, design);
        await trx.insertInto("links").values(kept).execute();
        const secret = { hash: secretHash(token), design, kind: "link", link: row.id, at, expires: null } as const;
        await trx.insertInto("tokens").values(secret).execute();
      });
      return { link: linkOf(kept, []), token };
    },
    async revoke(caller, id) {
      const { design } = caller;
      const at = now().toISOString();
      const link = await store.db
        .selectFrom("links")
        .select(["label", "revoked"])
        .where("id", "=", id)
        .where("design", "=", design)
        .executeTakeFirst();
      if (link === undefined) throw new RequestProblem("not-found", "The design has no such link.");
      // Dead already: there is nothing to change or to tell.
      if (link.revoked !== null) return;
      await changes.change(design, async ({ trx, record }) => {
        const by = personOf(caller.account, undefined);
        await record({ kind: "link-revoked", at, by, subject: id, detail: link.label });
        await trx.updateTable("links").set({ revoked: at }).where("id", "=", id).execute();
        await trx.deleteFrom("tokens").where("link", "=", id).execute();
      });
    },
    unlock: (attempt) => unlock(store, tries, attempt, now()),
  };
}

async function list(store: Store, design: string): Promise<Link[]> {
  const rows = await store.db
    .selectFrom("links")
    .selectAll()
    .where("design", "=", design)
    .orderBy("at", "desc")
    .orderBy("id")
    .execute();
  const uses = await store.db
    .selectFrom("link_uses")
    .innerJoin("links", "links.id", "link_uses.link")
    .select(["link_uses.link", "link_uses.at", "link_uses.network", "link_uses.program"])
    .where("links.design", "=", design)
    .orderBy("link_uses.at", "desc")
    .execute();
  const ofLink = Map.groupBy(uses, ({ link }) => link);
  return rows.map((row) => linkOf(row, ofLink.get(row.id) ?? []));
}

function linkOf(row: Tables["links"], uses: readonly Omit<Tables["link_uses"], "link">[]): Link {
  const { id, role, label, at, expires, revoked } = row;
  return {
    id,
    role: linkRoleSchema.parse(role),
    label,
    at,
    expires,
    hasPassphrase: row.passphrase !== null,
    membersOnly: row.members_only === 1,
    revoked,
    uses: uses.slice(0, keptUses).map((use) => ({ at: use.at, network: use.network, program: use.program })),
  };
}

/** A design of nobody's workspace has no members: a link for them would open to nobody. */
async function requireWorkspace(trx: Transaction<Tables>, design: string): Promise<void> {
  const row = await trx.selectFrom("designs").select("workspace").where("id", "=", design).executeTakeFirst();
  if (row?.workspace !== null && row !== undefined) return;
  throw new RequestProblem("invalid-request", "The design belongs to no workspace, so it has no members.", [
    { pointer: "/membersOnly", message: "Only a workspace's design has members." },
  ]);
}

async function unlock(
  store: Store,
  tries: UnlockTries,
  { design, token, passphrase, client }: UnlockAttempt,
  now: Date,
): Promise<{ token: string; expires: string }> {
  const live = await liveToken(store, design, token, now);
  if (live === null) throw nothingHere();
  const { link } = live;
  if (live.kind !== "link" || link === null || link.passphrase === null) {
    throw new RequestProblem("invalid-request", "This key or link has no passphrase: it opens the design as it is.");
  }
  const wait = await tries.begin(link.id, client);
  if (wait > 0) {
    throw new RequestProblem("too-many-requests", `Too many tries. Try again in ${wait} seconds.`, [], wait);
  }
  if (!(await isPassphrase(passphrase, link.passphrase))) {
    throw new RequestProblem("wrong-passphrase", "This is not the link's passphrase.");
  }
  await tries.succeed(link.id, client);
  const at = now.toISOString();
  const latest = new Date(now.getTime() + unlockedFor).toISOString();
  const expires = link.expires !== null && link.expires < latest ? link.expires : latest;
  const unlocked = newToken();
  await store.transaction(async (trx) => {
    // The link's row is locked, so that a revocation at this moment comes before or after as a whole.
    const alive = await trx
      .updateTable("links")
      .set({ role: link.role })
      .where("id", "=", link.id)
      .where("revoked", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (alive === undefined) throw nothingHere();
    await trx.deleteFrom("tokens").where("link", "=", link.id).where("expires", "<=", at).execute();
    const row = { hash: secretHash(unlocked), design, kind: "unlocked", link: link.id, at, expires } as const;
    await trx.insertInto("tokens").values(row).execute();
  });
  return { token: unlocked, expires };
}
