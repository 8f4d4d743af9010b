import { PostgresDialect, PostgresDriver } from "kysely";
import type { DatabaseConnection, Driver } from "kysely";
import pg from "pg";

/** The type numbers of `bigint` and `numeric`: what `count` and `sum` answer with. */
const [bigintType, numericType] = [20, 1700];

/** Connections to PostgreSQL that give every number as a number. */
export function openPostgres(url: string): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(bigintType, Number);
  types.setTypeParser(numericType, Number);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "hauberk",
    max: 10,
    connectionTimeoutMillis: 10_000,
    types,
  });
  // A connection that breaks while no statement is under way, idle or within a transaction, is replaced: the next statement
  // on it fails and is told. Without a listener the whole process would end.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Whether PostgreSQL broke the transaction off so that it can be tried again: another changed the same. */
export function isPostgresConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "40001" || error.code === "40P01");
}

// Connections that are refused, broken or ended, and a server that starts or stops.
const awayCodes = /^(ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|08...|57P0[123]|53300)$/;

/** What was thrown by a connection of ours: the same codes come from files and from other sockets. */
const ourErrors = new WeakSet<Error>();

/** Whether PostgreSQL can't be reached now. */
export function isPostgresAway(error: unknown): boolean {
  if (!(error instanceof Error) || !ourErrors.has(error)) return false;
  if ("code" in error && typeof error.code === "string") return awayCodes.test(error.code);
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}

/** Keeps in mind that an error came from the database, for `isPostgresAway`. */
export function rememberError(error: unknown): void {
  if (error instanceof Error) ourErrors.add(error);
}

/** PostgreSQL as Kysely has it, which remembers what its connections fail with. */
export class RememberingPostgresDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new RememberingDriver({ pool: this.#pool });
  }
}

class RememberingDriver extends PostgresDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return await super.acquireConnection();
    } catch (error) {
      rememberError(error);
      throw error;
    }
  }
}
