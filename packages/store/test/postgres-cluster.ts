import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A PostgreSQL of a test's own: nobody else's data, no TCP, written to the disk as usual. */
export interface PostgresCluster {
  /** Makes an empty database and gives its URL. */
  newDatabase(): Promise<string>;
  /** Ends the server without a word, as a power cut would, and starts it again on the same files. */
  crash(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

const programs = newestPrograms();

/** Why no cluster can be had on this machine; null: it can. */
export const postgresProblem =
  programs === null ? "PostgreSQL is not installed (Debian: apt-get install postgresql)" : null;

/** Makes a cluster and starts it. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  if (programs === null) throw new Error(postgresProblem ?? "");
  const folder = mkdtempSync(join(tmpdir(), "hauberk-postgres-"));
  const user = ordinaryUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  execFileSync(
    join(programs, "initdb"),
    ["--no-sync", "--auth=trust", "--username=hauberk", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", data],
    { ...user, cwd: folder, stdio: "pipe" },
  );
  const start = () => startServer(join(programs, "postgres"), data, folder, user);
  let server = await start();
  let databases = 0;
  return {
    async newDatabase() {
      const name = `test${++databases}`;
      await run(urlOf(folder, "postgres"), `create database ${name}`);
      return urlOf(folder, name);
    },
    async crash() {
      await end(server, "SIGKILL");
      server = await start();
    },
    async stop() {
      await end(server, "SIGINT");
      rmSync(folder, { recursive: true });
    },
  };
}

function newestPrograms(): string | null {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a));
  const folders = versions.map((version) => join(root, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

/** PostgreSQL refuses to run as root: there the user of Debian's package takes it. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ids = ["-u", "-g"].map((option) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" })));
  const [uid = 0, gid = 0] = ids;
  return { uid, gid };
}

function urlOf(folder: string, database: string): string {
  return `postgres://hauberk@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

async function startServer(
  program: string,
  data: string,
  folder: string,
  user: { uid: number; gid: number } | undefined,
): Promise<ChildProcess> {
  const server = spawn(program, ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=200"], {
    ...user,
    cwd: folder,
    stdio: "ignore",
  });
  for (;;) {
    try {
      await run(urlOf(folder, "postgres"), "select 1");
      return server;
    } catch (error) {
      if (server.exitCode !== null) throw error;
      await sleep(20);
    }
  }
}

async function run(url: string, statement: string): Promise<void> {
  // A server that is just starting may take a connection and never say a word on it.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    // Nothing waits for the end of what never began: the library may not tell of it.
    void client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
}

function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill(signal);
  });
}
