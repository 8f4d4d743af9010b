import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { Store } from "../open-store.ts";
import { oldestRestored } from "../migrations/index.ts";
import { readTree } from "../read-tree.ts";
import type { TreeFile } from "../read-tree.ts";
import type { Tables } from "../tables.ts";
import { BackupProblem, readBackup } from "./backup-lines.ts";
import type { BackupRow, Row } from "./backup-lines.ts";
import { tablesToEmpty } from "./kept-tables.ts";
import { readSchema } from "./write-backup.ts";

/** How a backup is to be restored. */
export interface RestoreOptions {
  /** What the store holds goes first; otherwise it must be empty. */
  readonly replace: boolean;
  /** The hash of a revision's files: each revision must have the one that it is named by. */
  readonly treeHash: (files: readonly TreeFile[]) => string;
  /** Why no revision may hold files of these paths, as a sentence; null where it may. */
  readonly pathsProblem: (paths: readonly string[]) => string | null;
}

/** What came of a restore. */
export type RestoreOutcome =
  | { readonly kind: "restored"; readonly counts: ReadonlyMap<string, number> }
  | { readonly kind: "not-empty"; readonly designs: number }
  /** The file is none that can be restored: why, as a clause. */
  | { readonly kind: "bad-file"; readonly why: string };

/** Rows that are written at once. */
const batchRows = 200;

/**
 * Brings a backup of either store into this one: all of it, checked against its hashes, or nothing.
 *
 * @param source the path of its file, or what it comes by.
 */
export async function restoreBackup(
  store: Store,
  source: string | Readable,
  options: RestoreOptions,
): Promise<RestoreOutcome> {
  try {
    return await store.transaction((trx) => restore(trx, store.kind, source, options));
  } catch (error) {
    if (error instanceof BackupProblem) return { kind: "bad-file", why: error.message };
    throw error;
  }
}

async function restore(
  trx: Transaction<Tables>,
  kind: Store["kind"],
  source: string | Readable,
  options: RestoreOptions,
): Promise<RestoreOutcome> {
  const held = await trx
    .selectFrom("designs")
    .select((eb) => eb.fn.countAll<number>().as("designs"))
    .executeTakeFirstOrThrow();
  if (!options.replace && !(await isEmpty(trx))) return { kind: "not-empty", designs: held.designs };
  for (const table of tablesToEmpty) await trx.deleteFrom(table).execute();
  if (kind === "postgres") await emptyQueue(trx);
  const counts = new Map<string, number>();
  const columns = await columnsOfTables(trx);
  let batch: BackupRow[] = [];
  for await (const line of readBackup(source)) {
    if ("schema" in line) {
      await checkSchema(trx, line.schema);
      continue;
    }
    if (batch.length === batchRows || (batch[0] !== undefined && batch[0].table !== line.table)) {
      await insertRows(trx, batch);
      batch = [];
    }
    checkColumns(line, columns);
    checkContent(line);
    batch.push(line);
    counts.set(line.table, (counts.get(line.table) ?? 0) + 1);
  }
  await insertRows(trx, batch);
  await checkTrees(trx, options);
  return { kind: "restored", counts };
}

async function isEmpty(trx: Transaction<Tables>): Promise<boolean> {
  for (const table of ["designs", "accounts", "workspaces"] as const) {
    const row = await trx.selectFrom(table).select("id").limit(1).executeTakeFirst();
    if (row !== undefined) return false;
  }
  return true;
}

/** Takes away the jobs of what was here: in PostgreSQL they lie in the schema of pg-boss, once a service has run. */
async function emptyQueue(trx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ queue: string | null }>`select to_regclass('pgboss.job')::text as queue`.execute(trx);
  if (rows[0]?.queue) await sql`delete from pgboss.job`.execute(trx);
}

async function checkSchema(trx: Transaction<Tables>, schema: readonly string[]): Promise<void> {
  const here = await readSchema(trx);
  const isShared = schema.every((step, at) => here[at] === undefined || here[at] === step);
  if (!isShared || schema.length === 0) throw new BackupProblem("was written by another program than this");
  if (schema.length > here.length) {
    throw new BackupProblem("was written by a newer version of Hauberk: restore it with that one");
  }
  if (!schema.includes(oldestRestored)) {
    throw new BackupProblem(
      "was written by a much older version of Hauberk: restore it with that one, then start this one",
    );
  }
}

async function insertRows(trx: Transaction<Tables>, batch: readonly BackupRow[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const columns = Object.keys(first.row);
  const values = batch.map(({ row }) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(first.table)} (${names}) values ${sql.join(values)}`.execute(trx);
}

async function columnsOfTables(trx: Transaction<Tables>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const tables = await trx.introspection.getTables();
  return new Map(tables.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]));
}

/** A column's name goes into the statement as it is. */
function checkColumns({ table, row }: BackupRow, columns: ReadonlyMap<string, ReadonlySet<string>>): void {
  if (!Object.keys(row).every((name) => columns.get(table)?.has(name))) {
    throw new BackupProblem("holds a value of no column");
  }
}

function checkContent({ table, row }: { table: string; row: Row }): void {
  const { hash, bytes } = row;
  if (table !== "contents" || !Buffer.isBuffer(bytes)) return;
  if (createHash("sha256").update(bytes).digest("hex") !== hash) {
    throw new BackupProblem("is damaged: a file's bytes are not those that its hash names");
  }
}

/** Every revision must have all its files, with the hash that people have approved, and none that leads out of it. */
async function checkTrees(trx: Transaction<Tables>, options: RestoreOptions): Promise<void> {
  const trees = await trx.selectFrom("revisions").select(["design", "hash"]).distinct().execute();
  for (const { design, hash } of trees) {
    const files = await readTree(trx, design, hash);
    if (options.treeHash(files) !== hash) {
      throw new BackupProblem("is damaged: a revision's files are not those that its hash names");
    }
    const problem = options.pathsProblem(files.map(({ path }) => path));
    if (problem !== null) throw new BackupProblem(`holds a revision that no service saves: ${problem}`);
  }
}
