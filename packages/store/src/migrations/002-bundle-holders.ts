import type { Kysely } from "kysely";

/** Says of the record of a bundle who made it, as decisions and comments do. Of those before, nobody knows. */
export async function addBundleHolders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("bundles")
    .addColumn("holder", "text", (column) => column.notNull().defaultTo(""))
    .execute();
}
