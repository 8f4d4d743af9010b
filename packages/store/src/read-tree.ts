import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** A file of a revision. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a revision, by the hash of their bytes, in no order; none where the design has no such revision. */
export async function readTree(db: Kysely<Tables>, design: string, hash: string): Promise<TreeFile[]> {
  const rows = await db
    .selectFrom("trees")
    .innerJoin("contents", (join) =>
      join.onRef("contents.design", "=", "trees.design").onRef("contents.hash", "=", "trees.content"),
    )
    .select(["trees.path", "contents.bytes"])
    .where("trees.design", "=", design)
    .where("trees.hash", "=", hash)
    .execute();
  return rows.map(({ path, bytes }) => ({ path, text: bytes.toString("utf8") }));
}
