import type { Kysely } from "kysely";

/** Says of a decision by what its maker came in. Of those by an account before, nobody knows. */
export async function addDecisionEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("approvals")
    .addColumn("entry", "text", (column) => column.notNull().defaultTo(""))
    .execute();
}
