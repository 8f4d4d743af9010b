import { setTimeout as wait } from "node:timers/promises";
import { openStore } from "@hauberk/store";
import type { StorePlace } from "@hauberk/store";
import { bossJobs } from "../src/jobs/boss-jobs.ts";
import { storeJobs } from "../src/jobs/store-jobs.ts";
import type { JobHandler, JobReports } from "../src/jobs/job-queue.ts";

/**
 * A process that does jobs until it is killed: job-worker.ts PLACE LEASE-SECONDS MILLISECONDS, the first as JSON. A job
 * takes so long and then writes an event, once however often it is done.
 */
const [place = "", lease = "", milliseconds = ""] = process.argv.slice(2);
const at: StorePlace = JSON.parse(place);
const store = await openStore(at);
const pace = { leaseSeconds: Number(lease), retrySeconds: 0.1, attempts: 50 };
const reports: JobReports = {
  done: () => undefined,
  failed: (_kind, error) => console.error(error),
  storeFailed: (error) => console.error(error),
};
const jobs = "url" in at ? await bossJobs(at.url, reports, pace) : storeJobs(store, reports, pace);
const write: JobHandler = async ({ subject }) => {
  console.log(`begun ${subject}`);
  await wait(Number(milliseconds));
  await store.transaction(async (trx) => {
    // Whoever does the same job at the same moment waits here, and then finds it done.
    const { events: number } = await trx
      .updateTable("designs")
      .set((eb) => ({ events: eb("events", "+", 1) }))
      .where("id", "=", "one")
      .returning("events")
      .executeTakeFirstOrThrow();
    const done = await trx.selectFrom("events").select("number").where("detail", "=", subject).executeTakeFirst();
    const event = { design: "one", number, kind: "verdicts-known", at: new Date().toISOString(), detail: subject };
    if (done === undefined) await trx.insertInto("events").values(event).execute();
  });
  console.log(`done ${subject}`);
};
await jobs.work({ "judge-revision": write, "recheck-target": write });
console.log("works");
