import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Store, StorePlace } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { bossJobs } from "../src/jobs/boss-jobs.ts";
import { storeJobs } from "../src/jobs/store-jobs.ts";
import type { JobKind, JobQueue, JobReports, NewJob } from "../src/jobs/job-queue.ts";

interface Reported extends JobReports {
  readonly failures: string[];
}

function collect(): Reported {
  const failures: string[] = [];
  return {
    failures,
    done: () => undefined,
    failed: (_kind, error) => failures.push(String(error)),
    storeFailed: (error) => failures.push(String(error)),
  };
}

async function openQueue(store: Store, reports: JobReports, pace?: Parameters<typeof storeJobs>[2]): Promise<JobQueue> {
  const jobs = "url" in store.place ? await bossJobs(store.place.url, reports, pace) : storeJobs(store, reports, pace);
  onTestFinished(() => jobs.stop());
  return jobs;
}

const job = (subject: string, kind: JobKind = "judge-revision"): NewJob => ({ kind, subject, payload: { subject } });

const addAll = (store: Store, jobs: JobQueue, all: readonly NewJob[]): Promise<void> =>
  store.transaction(async (trx) => {
    for (const one of all) await jobs.add(trx, one);
  });

onBothStores(({ open, newPlace }) => {
  test("a job is done once, the urgent before the others, and is pending until then", async () => {
    const store = await open();
    const reports = collect();
    const jobs = await openQueue(store, reports);
    await addAll(store, jobs, [job("later", "recheck-target"), job("a"), job("b"), job("a")]);
    await store.transaction((trx) => jobs.add(trx, job("a")));
    const undone = store.transaction(async (trx) => {
      await jobs.add(trx, job("never"));
      throw new Error("rolled back");
    });
    await expect(undone).rejects.toThrow("rolled back");
    expect(await jobs.isPending("judge-revision", "a")).toBe(true);
    expect(await jobs.isPending("judge-revision", "never")).toBe(false);
    expect(await jobs.counts()).toEqual({ waiting: 3, underWay: 0, failed: 0 });

    const done: string[] = [];
    const all = Promise.withResolvers<void>();
    const note = ({ subject, payload }: NewJob) => {
      expect(payload).toEqual({ subject });
      done.push(subject);
      if (done.length === 3) all.resolve();
      return Promise.resolve();
    };
    await jobs.work({ "judge-revision": note, "recheck-target": note });
    await all.promise;
    expect(done).toEqual(["a", "b", "later"]);
    await expect.poll(() => jobs.isPending("recheck-target", "later")).toBe(false);
    // One that was done is done again where it is added again.
    await addAll(store, jobs, [job("later", "recheck-target")]);
    await expect.poll(() => done).toEqual(["a", "b", "later", "later"]);
    expect(reports.failures).toEqual([]);
  });

  test("a job that fails is tried again, and given up in the end", async () => {
    const store = await open();
    const reports = collect();
    const jobs = await openQueue(store, reports, { leaseSeconds: 10, retrySeconds: 0.01, attempts: 2 });
    let tried = 0;
    const fail = () => {
      tried++;
      return Promise.reject(new Error("no validator"));
    };
    await addAll(store, jobs, [job("a")]);
    await jobs.work({ "judge-revision": fail, "recheck-target": fail });
    await expect.poll(() => jobs.isPending("judge-revision", "a"), { timeout: 20_000 }).toBe(false);
    expect(tried).toBe(2);
    expect(reports.failures).toEqual(["Error: no validator", "Error: no validator"]);
    await addAll(store, jobs, [job("a")]);
    await expect.poll(() => tried, { timeout: 20_000 }).toBeGreaterThan(2);
  });

  test("what killed processes had begun is done by others: no job is lost, and none is answered twice", async () => {
    const place = await newPlace();
    const store = await open(place);
    // As the processes have it: PostgreSQL's queue is as whoever opens it first wants it.
    const jobs = await openQueue(store, collect(), { leaseSeconds: 1, retrySeconds: 0.1, attempts: 50 });
    const at = new Date().toISOString();
    const design = { id: "one", name: "one", at, changed: at, workspace: null, approvals: 0, newest: 1, events: 0 };
    await store.db.insertInto("designs").values(design).execute();
    const subjects = Array.from({ length: 5 }, (_, index) => String(index + 1));
    await addAll(
      store,
      jobs,
      subjects.map((subject) => job(subject)),
    );
    const worker = startWorker(place);
    // In the middle of its second job. apps/api/bench/killed-workers.ts does this many times over.
    await worker.said(/begun \d+[^]*begun \d+/);
    worker.process.kill("SIGKILL");
    await once(worker.process, "exit");
    startWorker(place);
    const events = () => store.db.selectFrom("events").select("detail").orderBy("detail").execute();
    await expect.poll(async () => (await events()).length, { timeout: 30_000 }).toBe(subjects.length);
    expect((await events()).map(({ detail }) => detail)).toEqual(subjects);
    await expect.poll(() => jobs.counts()).toEqual({ waiting: 0, underWay: 0, failed: 0 });
  });
});

const workerFile = fileURLToPath(new URL("job-worker.ts", import.meta.url));

function startWorker(place: StorePlace): { process: ChildProcess; said: (what: RegExp) => Promise<void> } {
  const worker = spawn(process.execPath, [workerFile, JSON.stringify(place), "1", "40"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void worker.kill("SIGKILL"));
  let text = "";
  worker.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    process: worker,
    async said(what) {
      await expect.poll(() => text, { timeout: 20_000, interval: 5 }).toMatch(what);
    },
  };
}
