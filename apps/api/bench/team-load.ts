/**
 * A team at work: reviewers with live connections who open pages, and saves without a break, at a service of its own on
 * SQLite and on PostgreSQL. Ends by itself. Run by
 * `node apps/api/bench/team-load.ts [--seconds 120] [--reviewers 200] [--saves 50] [--store sqlite|postgres] [--json]`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { StorePlace } from "@hauberk/store";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { runCrowd } from "./team-crowd.ts";
import type { CrowdFigures } from "./team-crowd.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    reviewers: { type: "string", default: "200" },
    saves: { type: "string", default: "50" },
    store: { type: "string", default: "sqlite,postgres" },
    json: { type: "boolean", default: false },
  },
});
const crowd = {
  seconds: Number(values.seconds),
  reviewers: Number(values.reviewers),
  savesPerSecond: Number(values.saves),
};

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function times(all: readonly number[]): { count: number; median: number; p95: number; p99: number } {
  const sorted = all.toSorted((a, b) => a - b);
  return { count: all.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}

function summary(store: string, figures: CrowdFigures, bytesPerRow: Readonly<Record<string, number>> | null) {
  return {
    store,
    errors: figures.errors.length,
    firstErrors: figures.errors.slice(0, 5),
    saves: times(figures.saveTimes),
    savesPerSecond: figures.saves / crowd.seconds,
    pageCalls: times(figures.pageTimes),
    eventsHeard: figures.events,
    eventDelay: times(figures.eventTimes),
    memoryMiB: figures.memory.map(({ rss, heapUsed, arrayBuffers }) => {
      return { rss: mebibytes(rss), heap: mebibytes(heapUsed), buffers: mebibytes(arrayBuffers) };
    }),
    serviceCores: figures.cpuMilliseconds / (crowd.seconds * 1_000),
    bytesPerRow,
  };
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** What a row of a table takes in the file, its indexes included. */
function rowCosts(file: string): Record<string, number> {
  const database = new DatabaseSync(file, { readOnly: true });
  const costs: Record<string, number> = {};
  for (const table of ["revisions", "contents", "trees", "events", "verdicts"]) {
    const { rows } = rowSchema.parse(database.prepare(`select count(*) as rows from ${table}`).get());
    const sized = database.prepare(
      "select sum(pgsize) as bytes from dbstat where name in (select name from sqlite_master where tbl_name = ?)",
    );
    const { bytes } = sizeSchema.parse(sized.get(table));
    costs[table] = Math.round(bytes / Math.max(1, rows));
  }
  database.close();
  return costs;
}

const rowSchema = z.object({ rows: z.number() });
const sizeSchema = z.object({ bytes: z.number() });

async function onSqlite() {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-load-"));
  try {
    const figures = await runCrowd({ folder }, crowd);
    return summary("sqlite", figures, rowCosts(join(folder, "hauberk.sqlite")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onPostgres() {
  if (postgresProblem !== null) throw new Error(postgresProblem);
  const cluster = await startPostgresCluster();
  try {
    const place: StorePlace = { url: await cluster.newDatabase() };
    return summary("postgres", await runCrowd(place, crowd), null);
  } finally {
    await cluster.stop();
  }
}

const stores = values.store.split(",");
const results = [];
if (stores.includes("sqlite")) results.push(await onSqlite());
if (stores.includes("postgres")) results.push(await onPostgres());
if (values.json) console.log(JSON.stringify({ format: 1, ...crowd, results }, null, 2));
else for (const result of results) console.log(JSON.stringify(result, null, 2));
process.exitCode = results.every(({ errors }) => errors === 0) ? 0 : 1;
