import type { Kysely, Tables } from "@hauberk/store";

/** The record of a bundle as the store holds it. */
export type BundleRow = Tables["bundles"];

/** The latest bundles of a design, latest first. */
export function readBundles(db: Kysely<Tables>, design: string, most: number): Promise<BundleRow[]> {
  return db
    .selectFrom("bundles")
    .selectAll()
    .where("design", "=", design)
    .orderBy("number", "desc")
    .limit(most)
    .execute();
}

/** How many approvals a bundle of the design needs; undefined where the design is not there. */
export async function readNeededApprovals(db: Kysely<Tables>, design: string): Promise<number | undefined> {
  const row = await db.selectFrom("designs").select("approvals").where("id", "=", design).executeTakeFirst();
  return row?.approvals;
}

/** The record that says the same as this one and is by the same holder; undefined where there is none. */
export function readSameBundle(
  db: Kysely<Tables>,
  row: Omit<BundleRow, "id" | "number" | "at">,
): Promise<BundleRow | undefined> {
  const { by_account } = row;
  return db
    .selectFrom("bundles")
    .selectAll()
    .where("design", "=", row.design)
    .where("holder", "=", row.holder)
    .where("revision", "=", row.revision)
    .where("hash", "=", row.hash)
    .where("format", "=", row.format)
    .where("targets", "=", row.targets)
    .where("approved_by", "=", row.approved_by)
    .where("by_name", "=", row.by_name)
    .where("by_account", by_account === null ? "is" : "=", by_account)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Writes the record of a bundle. */
export async function insertBundle(db: Kysely<Tables>, row: BundleRow): Promise<void> {
  await db.insertInto("bundles").values(row).execute();
}
