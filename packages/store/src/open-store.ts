import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, sql } from "kysely";
import type { Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations/index.ts";
import {
  isPostgresAway,
  isPostgresConflict,
  openPostgres,
  RememberingPostgresDialect,
  rememberError,
} from "./postgres.ts";
import { ImmediateSqliteDialect, isSqliteBusy, openSqlite } from "./sqlite.ts";
import type { StorePlace } from "./store-place.ts";
import type { Tables } from "./tables.ts";

/** An open store with all its tables. */
export interface Store {
  readonly kind: "sqlite" | "postgres";
  readonly place: StorePlace;
  /** For questions of one statement. */
  readonly db: Kysely<Tables>;
  /**
   * Runs the work as one change: all of it is kept or nothing, and when this resolves it is on the disk. Where another
   * changed the same at the same moment it is run again, so it must do nothing beside what it does by `trx`.
   */
  transaction<Result>(work: (trx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * After a deletion: nothing of it stays in the files beside the tables. PostgreSQL sees to that by itself, in its own
   * time.
   */
  forget(): Promise<void>;
  /** Rejects where the store can't be used now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** How often a change is tried where others change the same. */
const attempts = 10;

/** Opens a store and brings its tables to what this version needs. Rejects where it can't be had. */
export async function openStore(place: StorePlace): Promise<Store> {
  const db = new Kysely<Tables>({
    dialect:
      "url" in place
        ? new RememberingPostgresDialect(openPostgres(place.url))
        : new ImmediateSqliteDialect(await openSqlite(place.folder)),
    log: (event) => {
      if (event.level === "error") rememberError(event.error);
    },
  });
  const kind = "url" in place ? "postgres" : "sqlite";
  try {
    await migrate(db, kind);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind,
    place,
    db,
    transaction: (work) => transact(db, work),
    forget: async () => {
      // What was deleted stands in the log of writes until that is carried over into the file.
      if (kind === "sqlite") await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
    check: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

/** Whether the store can't be reached or written to at the moment, through no fault of the statement. */
export function isStoreAway(error: unknown): boolean {
  return isSqliteBusy(error) || isPostgresAway(error);
}

async function migrate(db: Kysely<Tables>, kind: Store["kind"]): Promise<void> {
  const provider = migrations(kind === "postgres" ? "bytea" : "blob");
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}

async function transact<Result>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isPostgresConflict(error) || attempt === attempts) throw error;
      // Not all at the same moment again.
      await sleep(Math.random() * 10 * attempt);
    }
  }
}
