import type { Kysely, Tables } from "@hauberk/store";
import type { DecisionRow } from "../../saved-designs/who-decided.ts";

/** The latest decisions on a design, latest first. */
export function readApprovals(db: Kysely<Tables>, design: string, most: number): Promise<DecisionRow[]> {
  return db
    .selectFrom("approvals")
    .selectAll()
    .where("design", "=", design)
    .orderBy("number", "desc")
    .limit(most)
    .execute();
}

/** A decision on a design. */
export function readApproval(db: Kysely<Tables>, design: string, id: string): Promise<DecisionRow | undefined> {
  return db.selectFrom("approvals").selectAll().where("design", "=", design).where("id", "=", id).executeTakeFirst();
}

/** The hash of the newest revision's bytes; undefined where the design is not there. */
export async function readNewestHash(db: Kysely<Tables>, design: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("designs")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.design", "=", "designs.id").onRef("revisions.number", "=", "designs.newest"),
    )
    .select("revisions.hash")
    .where("designs.id", "=", design)
    .executeTakeFirst();
  return row?.hash;
}

/** Writes a decision. */
export async function insertApproval(db: Kysely<Tables>, row: DecisionRow): Promise<void> {
  await db.insertInto("approvals").values(row).execute();
}

/** Takes a decision back. */
export async function withdrawApproval(db: Kysely<Tables>, id: string, at: string): Promise<void> {
  await db.updateTable("approvals").set({ withdrawn: at }).where("id", "=", id).execute();
}
