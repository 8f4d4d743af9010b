import type { Gate } from "@hauberk/contract";
import type { Kysely, Tables } from "@hauberk/store";

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
  const decisions = await db
    .selectFrom("approvals")
    .select("decision")
    .where("design", "=", design)
    .where("hash", "=", newest.hash)
    .where("withdrawn", "is", null)
    .execute();
  const given = decisions.filter(({ decision }) => decision === "approve").length;
  const against = decisions.length - given;
  return { required: newest.approvals, given, against, open: given >= newest.approvals && against === 0 };
}
