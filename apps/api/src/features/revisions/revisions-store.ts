import { createHash } from "node:crypto";
import type { Person, Revision, RevisionFile, WholeRevision } from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import type { Kysely, Tables, Transaction } from "@hauberk/store";
import { readTree } from "@hauberk/store";

/** A revision that is to be written. */
export interface RevisionToWrite {
  readonly design: string;
  readonly number: number;
  readonly parent: number | null;
  readonly files: readonly RevisionFile[];
  readonly message: string;
  readonly by: Person;
  readonly at: string;
}

/** Writes a revision: its files once each, however many revisions of the design hold them. */
export async function insertRevision(trx: Transaction<Tables>, revision: RevisionToWrite): Promise<Revision> {
  const { design, number, parent, files, message, by, at } = revision;
  const hash = revisionHash({ name: "", files });
  const contents = files.map(({ path, text }) => {
    const bytes = Buffer.from(text, "utf8");
    return { path, bytes, content: createHash("sha256").update(bytes).digest("hex") };
  });
  const distinct = [...new Map(contents.map(({ content, bytes }) => [content, bytes]))];
  await trx
    .insertInto("contents")
    .values(distinct.map(([content, bytes]) => ({ design, hash: content, bytes })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("trees")
    .values(contents.map(({ path, content }) => ({ design, hash, path, content })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = {
    design,
    number,
    hash,
    parent,
    message,
    by_name: by.name,
    by_account: by.account,
    at,
    files: files.length,
    bytes: contents.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
  await trx.insertInto("revisions").values(row).execute();
  return revisionOf(row);
}

/** The revisions of a design, newest first, at most so many. */
export async function readRevisions(db: Kysely<Tables>, design: string, most: number): Promise<Revision[]> {
  const rows = await db
    .selectFrom("revisions")
    .selectAll()
    .where("design", "=", design)
    .orderBy("number", "desc")
    .limit(most)
    .execute();
  return rows.map(revisionOf);
}

/** A revision with its texts, sorted by path; undefined where there is none of this number. */
export async function readWholeRevision(
  db: Kysely<Tables>,
  design: string,
  number: number,
): Promise<WholeRevision | undefined> {
  const row = await db
    .selectFrom("revisions")
    .selectAll()
    .where("design", "=", design)
    .where("number", "=", number)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...revisionOf(row), texts: await readTexts(db, design, row.hash) };
}

/** How many bytes the texts of all revisions of a design hold, each text once. */
export async function measureContents(db: Kysely<Tables>, design: string): Promise<number> {
  const { sum } = await db
    .selectFrom("contents")
    .select(({ fn }) => fn.sum<number | string | null>(fn("length", ["bytes"])).as("sum"))
    .where("design", "=", design)
    .executeTakeFirstOrThrow();
  return Number(sum ?? 0);
}

/** The files of these bytes of a design, sorted by path. */
export async function readTexts(db: Kysely<Tables>, design: string, hash: string): Promise<RevisionFile[]> {
  const files = await readTree(db, design, hash);
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

type RevisionRow = Tables["revisions"];

/** A row as the contract has it. */
export function revisionOf(row: RevisionRow): Revision {
  const { number, hash, parent, message, at, files, bytes } = row;
  return { number, hash, parent, message, by: { name: row.by_name, account: row.by_account }, at, files, bytes };
}
