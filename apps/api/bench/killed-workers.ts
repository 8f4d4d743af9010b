/**
 * Kills the processes that do jobs, at random moments and again and again, on both stores, and counts what became of the
 * jobs: each must have been done, and written its one event. Ends by itself. Run by
 * `node apps/api/bench/killed-workers.ts [--kills 20] [--jobs 200] [--store sqlite|postgres] [--json]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openStore } from "@hauberk/store";
import type { StorePlace } from "@hauberk/store";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { bossJobs } from "../src/jobs/boss-jobs.ts";
import { storeJobs } from "../src/jobs/store-jobs.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    jobs: { type: "string", default: "200" },
    store: { type: "string", default: "sqlite,postgres" },
    json: { type: "boolean", default: false },
  },
});
const [kills, count] = [Number(values.kills), Number(values.jobs)];
const worker = fileURLToPath(new URL("../test/job-worker.ts", import.meta.url));
const quiet = { done: () => undefined, failed: console.error, storeFailed: console.error };

/** As the processes have it: PostgreSQL's queue is as whoever opens it first wants it. */
const pace = { leaseSeconds: 1, retrySeconds: 0.1, attempts: 50 };

/** Starts a process that does jobs of 20 ms each; resolves when it works. */
async function start(place: StorePlace) {
  const child = spawn(process.execPath, [worker, JSON.stringify(place), "1", "20"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  child.stdout.resume();
  return child;
}

async function killing(name: string, place: StorePlace) {
  const store = await openStore(place);
  const jobs = "url" in place ? await bossJobs(place.url, quiet, pace) : storeJobs(store, quiet, pace);
  const at = new Date().toISOString();
  const design = { id: "one", name: "one", at, changed: at, workspace: null, approvals: 0, newest: 1, events: 0 };
  await store.db.insertInto("designs").values(design).execute();
  await store.transaction(async (trx) => {
    for (let number = 1; number <= count; number++) {
      await jobs.add(trx, { kind: "judge-revision", subject: String(number), payload: {} });
    }
  });
  let killed = 0;
  const left = async (): Promise<number> => {
    const { waiting, underWay } = await jobs.counts();
    return waiting + underWay;
  };
  while (killed < kills && (await left()) > 0) {
    const two = await Promise.all([start(place), start(place)]);
    await wait(50 + Math.random() * 300);
    for (const child of two) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      killed++;
    }
  }
  const last = await start(place);
  while ((await left()) > 0) await wait(100);
  last.kill("SIGKILL");
  const events = await store.db.selectFrom("events").select("detail").execute();
  const { failed } = await jobs.counts();
  await jobs.stop();
  await store.close();
  const distinct = new Set(events.map(({ detail }) => detail)).size;
  return { store: name, kills: killed, jobs: count, lost: count - distinct, twice: events.length - distinct, failed };
}

const results = [];
if (values.store.includes("sqlite")) {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-kills-"));
  results.push(await killing("sqlite", { folder }));
  rmSync(folder, { recursive: true });
}
if (values.store.includes("postgres")) {
  if (postgresProblem !== null) throw new Error(postgresProblem);
  const cluster = await startPostgresCluster();
  results.push(await killing("postgres", { url: await cluster.newDatabase() }));
  await cluster.stop();
}
console.log(values.json ? JSON.stringify({ format: 1, results }, null, 2) : results);
process.exitCode = results.every(({ lost, twice }) => lost === 0 && twice === 0) ? 0 : 1;
