import type { Kysely, Tables } from "@hauberk/store";

/** A comment as the store holds it. */
export type CommentRow = Tables["comments"];

/** All comments of a design, oldest first. */
export function readComments(db: Kysely<Tables>, design: string): Promise<CommentRow[]> {
  return db.selectFrom("comments").selectAll().where("design", "=", design).orderBy("number").execute();
}

/** A comment of a design. */
export function readComment(db: Kysely<Tables>, design: string, id: string): Promise<CommentRow | undefined> {
  return db.selectFrom("comments").selectAll().where("design", "=", design).where("id", "=", id).executeTakeFirst();
}

/** How many comments the design has, and how many characters they hold; of one holder alone, where one is named. */
export async function measureComments(
  db: Kysely<Tables>,
  design: string,
  holder?: string,
): Promise<{ readonly comments: number; readonly characters: number }> {
  const { comments, texts, anchors, suggestions } = await db
    .selectFrom("comments")
    .select(({ fn }) => [
      fn.countAll<number>().as("comments"),
      fn.sum<number | null>(fn("length", ["text"])).as("texts"),
      fn.sum<number | null>(fn("length", ["anchor"])).as("anchors"),
      fn.sum<number | null>(fn("length", ["suggestion"])).as("suggestions"),
    ])
    .where("design", "=", design)
    .$if(holder !== undefined, (query) => query.where("holder", "=", holder ?? ""))
    .executeTakeFirstOrThrow();
  return { comments, characters: (texts ?? 0) + (anchors ?? 0) + (suggestions ?? 0) };
}

/** The text of a file of a revision; undefined where the revision has none at this path. */
export async function readFileOfRevision(
  db: Kysely<Tables>,
  design: string,
  revision: number,
  path: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("revisions")
    .innerJoin("trees", (join) =>
      join.onRef("trees.design", "=", "revisions.design").onRef("trees.hash", "=", "revisions.hash"),
    )
    .innerJoin("contents", (join) =>
      join.onRef("contents.design", "=", "trees.design").onRef("contents.hash", "=", "trees.content"),
    )
    .select("contents.bytes")
    .where("revisions.design", "=", design)
    .where("revisions.number", "=", revision)
    .where("trees.path", "=", path)
    .executeTakeFirst();
  return row?.bytes.toString("utf8");
}

/** Writes a comment. */
export async function insertComment(db: Kysely<Tables>, row: CommentRow): Promise<void> {
  await db.insertInto("comments").values(row).execute();
}

/** Changes a comment. */
export async function updateComment(db: Kysely<Tables>, id: string, change: Partial<CommentRow>): Promise<void> {
  await db.updateTable("comments").set(change).where("id", "=", id).execute();
}
