import type { Gate } from "@hauberk/contract";
import type { Kysely, Tables } from "@hauberk/store";

/** The gate for some bytes of a design, and the approvals that it counts, oldest first. */
export interface GateOfBytes {
  readonly gate: Gate;
  readonly approvals: readonly Tables["approvals"][];
}

/** Whether enough people have approved the newest bytes of a design; undefined where the design is not there. */
export async function readGate(db: Kysely<Tables>, design: string): Promise<Gate | undefined> {
  const newest = await db
    .selectFrom("designs")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.design", "=", "designs.id").onRef("revisions.number", "=", "designs.newest"),
    )
    .select(["designs.approvals", "revisions.hash"])
    .where("designs.id", "=", design)
    .executeTakeFirst();
  if (newest === undefined) return undefined;
  return (await gateOfBytes(db, design, newest.approvals, newest.hash)).gate;
}

/**
 * The one place that says whether a bundle may be made of some bytes of a design: enough decisions on these very bytes
 * approve, and none asks for changes. An approval by whoever saved the bytes doesn't count, whenever they did; a wish for
 * changes counts until its link is revoked, since nobody could take it back then.
 *
 * @param required how many approvals the design asks for.
 */
export async function gateOfBytes(
  db: Kysely<Tables>,
  design: string,
  required: number,
  hash: string,
): Promise<GateOfBytes> {
  const standing = await db
    .selectFrom("approvals")
    .selectAll()
    .where("design", "=", design)
    .where("hash", "=", hash)
    .where("withdrawn", "is", null)
    .orderBy("number")
    .execute();
  const asked = standing.length > 0;
  const savers = asked ? await saversOf(db, design, hash) : new Set<string>();
  const revoked = asked ? await holdersOfRevokedLinks(db, design) : new Set<string>();
  const approvals = standing.filter(
    ({ decision, by_account }) => decision === "approve" && (by_account === null || !savers.has(by_account)),
  );
  const given = approvals.length;
  const against = standing.filter(
    ({ decision, holder }) => decision === "request-changes" && !revoked.has(holder),
  ).length;
  return { gate: { required, given, against, open: given >= required && against === 0 }, approvals };
}

/** The accounts that have saved these bytes of a design. */
export async function saversOf(db: Kysely<Tables>, design: string, hash: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("revisions")
    .select("by_account")
    .distinct()
    .where("design", "=", design)
    .where("hash", "=", hash)
    .execute();
  return new Set(rows.flatMap(({ by_account }) => by_account ?? []));
}

async function holdersOfRevokedLinks(db: Kysely<Tables>, design: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("links")
    .select("id")
    .where("design", "=", design)
    .where("revoked", "is not", null)
    .execute();
  return new Set(rows.map(({ id }) => `link:${id}`));
}

/** What a closed gate lacks, in words. */
export function whatGateLacks({ required, given, against }: Gate): string {
  const lacks = [
    ...(given < required
      ? [`${required} ${required === 1 ? "approval is" : "approvals are"} needed, and these bytes have ${given}`]
      : []),
    ...(against > 0
      ? [`${against} of the decisions on these bytes ${against === 1 ? "asks" : "ask"} for changes`]
      : []),
  ];
  return `The gate is closed: ${lacks.join("; ")}.`;
}
