import { createHash } from "node:crypto";
import { once } from "node:events";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Store } from "../open-store.ts";
import type { Tables } from "../tables.ts";
import { backupFormat, rowLine } from "./backup-lines.ts";
import type { Row } from "./backup-lines.ts";
import { keptTables } from "./kept-tables.ts";
import type { KeptTable } from "./kept-tables.ts";

/** Rows that are read at once. */
const pageRows = 200;

/**
 * Writes all that the store holds at one moment into a file, for its owner alone, while others go on saving. The file is
 * there whole or not at all. Answers with the number of rows of each table.
 */
export async function writeBackup(store: Store, path: string): Promise<ReadonlyMap<string, number>> {
  const partial = `${path}.${process.pid}.part`;
  const file = await open(partial, "wx", 0o600);
  try {
    const counts = await packBackup(store, (chunk) => file.appendFile(chunk));
    await file.sync();
    await file.close();
    await rename(partial, path);
    await syncFolder(dirname(path));
    return counts;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

/** The same by a stream, which stays open: whoever reads it learns from the backup's last line whether it is whole. */
export function sendBackup(store: Store, stream: Writable): Promise<ReadonlyMap<string, number>> {
  return packBackup(store, async (chunk) => {
    if (!stream.write(chunk)) await once(stream, "drain");
  });
}

async function packBackup(store: Store, write: (chunk: Buffer) => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  await store.db.connection().execute(async (db) => {
    // One moment for all tables, without a lock that a save would wait for.
    await sql.raw(store.kind === "postgres" ? "begin isolation level repeatable read, read only" : "begin").execute(db);
    try {
      const lines = Readable.from(backupLines(db, counts));
      await pipeline(lines, createGzip(), async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) await write(chunk);
      });
    } finally {
      await sql.raw("rollback").execute(db);
    }
  });
  return counts;
}

/** Makes the new name itself last. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}

async function* backupLines(db: Kysely<Tables>, counts: Map<string, number>): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let rows = 0;
  const told = (line: string): string => {
    hash.update(`${line}\n`);
    return `${line}\n`;
  };
  yield told(JSON.stringify({ format: backupFormat, schema: await readSchema(db) }));
  for (const table of keptTables) {
    let count = 0;
    for await (const row of rowsOf(db, table)) {
      count++;
      yield told(rowLine(table.name, row));
    }
    counts.set(table.name, count);
    rows += count;
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest("hex") })}\n`;
}

/** The names of the migrations that made the tables. */
export async function readSchema(db: Kysely<Tables>): Promise<string[]> {
  const steps = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return steps.rows.map(({ name }) => name);
}

async function* rowsOf(db: Kysely<Tables>, { name, key }: KeptTable): AsyncGenerator<Row> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let after = sql`true`;
  for (;;) {
    const page = sql<Row>`select * from ${sql.table(name)} where ${after} order by ${columns} limit ${sql.lit(pageRows)}`;
    const { rows } = await page.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = sql`(${columns}) > (${sql.join(key.map((column) => last[column] ?? null))})`;
  }
}
