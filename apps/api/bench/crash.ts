/**
 * Kills the real service at random moments under a load of saves and looks whether every acknowledged save is there
 * afterwards. Run by `node apps/api/bench/crash.ts [ROUNDS] [--postgres] [--json]`: without `--postgres` on SQLite; with it
 * on a PostgreSQL of its own, which is killed too in every third round. With `--trace` it shows instead, by strace, that a
 * save is answered after it was written out.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { crashRounds } from "./crash-rounds.ts";
import type { CrashFigures } from "./crash-rounds.ts";
import { traceSave } from "./trace-save.ts";

const options = process.argv.slice(2);
const rounds = Number(options.find((option) => /^\d+$/.test(option)) ?? 100);

async function onSqlite(): Promise<CrashFigures> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-crash-"));
  try {
    return await crashRounds({ HAUBERK_DATA: folder, HAUBERK_DATABASE_URL: "" }, rounds, null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onPostgres(): Promise<CrashFigures> {
  if (postgresProblem !== null) throw new Error(postgresProblem);
  const cluster = await startPostgresCluster();
  try {
    return await crashRounds({ HAUBERK_DATABASE_URL: await cluster.newDatabase() }, rounds, () => cluster.crash());
  } finally {
    await cluster.stop();
  }
}

if (options.includes("--trace")) {
  const trace = await traceSave();
  for (const line of trace.lines) console.log(line);
  console.log(trace.inOrder ? "written out before it was answered" : "answered before it was written out");
  process.exitCode = trace.inOrder ? 0 : 1;
} else {
  const store = options.includes("--postgres") ? "PostgreSQL" : "SQLite";
  const figures = store === "PostgreSQL" ? await onPostgres() : await onSqlite();
  if (options.includes("--json")) console.log(JSON.stringify({ format: 1, store, results: [figures] }, null, 2));
  else {
    const { acknowledged, cutOff, lost, notOpened, endedThemselves } = figures;
    console.log(`${store}: ${figures.rounds} kills, ${acknowledged} saves acknowledged, ${cutOff} cut off`);
    console.log(`lost: ${lost}; starts that failed: ${notOpened}; ended by themselves: ${endedThemselves}`);
  }
  process.exitCode = figures.lost + figures.notOpened + figures.endedThemselves === 0 ? 0 : 1;
}
