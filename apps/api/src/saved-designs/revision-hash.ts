import type { Kysely, Tables } from "@hauberk/store";

/** The hash of a revision's bytes; undefined where the design has no revision of this number. */
export async function hashOfRevision(
  db: Kysely<Tables>,
  design: string,
  revision: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("revisions")
    .select("hash")
    .where("design", "=", design)
    .where("number", "=", revision)
    .executeTakeFirst();
  return row?.hash;
}
