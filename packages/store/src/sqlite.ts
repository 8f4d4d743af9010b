import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver } from "kysely";
import type { DatabaseConnection, Driver, QueryResult } from "kysely";

/** The name of the file in the folder that is given. */
export const sqliteFile = "hauberk.sqlite";

/** How long a statement waits for other connections, in milliseconds. */
const busyTimeout = 10_000;

/** Opens the file in the folder and makes both where they are missing: they are for the service's user alone. */
export async function openSqlite(folder: string): Promise<Sqlite.Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, sqliteFile);
  // SQLite gives the files beside it (-wal, -shm) the mode of this one.
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const database = new Sqlite(path, { timeout: 0 });
  try {
    await setUp(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function setUp(database: Sqlite.Database): Promise<void> {
  await whenFree(() => database.pragma("journal_mode = WAL"));
  // FULL: a commit returns when it is on the disk. What is deleted is overwritten, not only forgotten.
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma("secure_delete = ON");
}

/** Whether another connection has the store for longer than one waits. */
export function isSqliteBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

/** SQLite as Kysely has it, with transactions that hold for changes of tables too and never fail half-way for a lock. */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class ImmediateDriver extends SqliteDriver {
  #patient: DatabaseConnection | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    return (this.#patient ??= new PatientConnection(await super.acquireConnection()));
  }

  /** Takes the lock for writing at once: one that reads first and then writes would be refused where another has written. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** Waits for other connections without holding up the process, which SQLite's own waiting would. */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return whenFree(() => this.#connection.executeQuery<Row>(query));
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.#connection.streamQuery<Row>(query, chunkSize);
  }
}

/** Tries until no other connection has the lock, or fails as SQLite does. */
async function whenFree<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
  const end = performance.now() + busyTimeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isSqliteBusy(error) || performance.now() > end) throw error;
      await sleep(1 + Math.random() * 10);
    }
  }
}

class TransactionalAdapter extends SqliteAdapter {
  /** Tables are made and changed within transactions: so two processes that start at once don't both migrate. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
