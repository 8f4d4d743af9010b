import { createHash } from "node:crypto";
import { PgBoss, fromKysely } from "pg-boss";
import type { Job } from "pg-boss";
import { z } from "zod";
import { sql } from "@hauberk/store";
import { defaultJobPace, jobKinds } from "./job-queue.ts";
import type { JobHandler, JobKind, JobPace, JobQueue, JobReports } from "./job-queue.ts";

const queue = "hauberk";

/** The least that pg-boss allows for a heartbeat, in seconds. */
const leastHeartbeat = 10;

/** So long one attempt at a job may take, in seconds. */
const longest = 600;

/** A job that was not begun is kept for so many seconds: a year. */
const kept = 366 * 86_400;

const dataSchema = z.object({
  kind: z.enum(jobKinds),
  subject: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

const countJobs = `
  select count(*) filter (where state < 'active') as "waiting",
         count(*) filter (where state = 'active') as "underWay",
         count(*) filter (where state = 'failed') as "failed"
  from pgboss.job where name = $1 and (state < 'completed' or state = 'failed')`;

const countsSchema = z.array(
  z.object({ waiting: z.coerce.number(), underWay: z.coerce.number(), failed: z.coerce.number() }),
);

/**
 * Jobs in PostgreSQL by pg-boss, done by whichever process is free. One that is added wakes a worker at once
 * (LISTEN/NOTIFY). A worker tells that it lives; where it does not, its job is given to another.
 *
 * @param url of the database; pg-boss keeps its tables in a schema of their own.
 */
export async function bossJobs(url: string, reports: JobReports, pace: JobPace = defaultJobPace): Promise<JobQueue> {
  // A lease shorter than pg-boss's shortest heartbeat is held by the time that an attempt may take.
  const withHeartbeat = pace.leaseSeconds >= leastHeartbeat;
  const watchEvery = withHeartbeat ? leastHeartbeat / 2 : 1;
  // Nobody is told of a job that is to be tried again, so it is looked for.
  const lookEvery = withHeartbeat ? 2 : 0.5;
  const boss = new PgBoss({
    connectionString: url,
    application_name: "hauberk-jobs",
    max: 4,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: watchEvery,
    monitorIntervalSeconds: watchEvery,
  });
  boss.on("error", (error) => reports.storeFailed(error));
  await boss.start();
  await boss.createQueue(queue, {
    retryLimit: pace.attempts - 1,
    retryDelay: Math.ceil(pace.retrySeconds),
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: withHeartbeat ? longest : pace.leaseSeconds,
    ...(withHeartbeat && { heartbeatSeconds: pace.leaseSeconds }),
    retentionSeconds: kept,
    deleteAfterSeconds: 3_600,
    notify: true,
  });

  const stopping = new AbortController();

  const perform = async (job: Job, handlers: Readonly<Record<JobKind, JobHandler>>): Promise<void> => {
    const { kind, subject, payload } = dataSchema.parse(job.data);
    try {
      await handlers[kind]({ kind, subject, payload, signal: AbortSignal.any([job.signal, stopping.signal]) });
      reports.done(kind);
    } catch (error) {
      if (!stopping.signal.aborted) reports.failed(kind, error);
      throw error;
    }
  };

  return {
    async add(trx, job) {
      const priority = jobKinds.length - jobKinds.indexOf(job.kind);
      const id = jobId(job.kind, job.subject);
      // pg-boss keeps a job that has ended for a while, and would drop the same one without a word.
      await sql`delete from pgboss.job where name = ${queue} and id = ${id} and state >= 'completed'`.execute(trx);
      await boss.send(queue, job, { id, priority, db: fromKysely(trx) });
    },
    async isPending(kind, subject) {
      const [job] = await boss.findJobs(queue, { id: jobId(kind, subject) });
      return job !== undefined && (job.state === "created" || job.state === "retry" || job.state === "active");
    },
    async counts() {
      // pg-boss's own figures are up to a minute old.
      const { rows } = await boss.getDb().executeSql(countJobs, [queue]);
      const [counts] = countsSchema.parse(rows);
      return counts ?? { waiting: 0, underWay: 0, failed: 0 };
    },
    async work(handlers) {
      let worker: string | undefined;
      const lookAgain = (): void => {
        if (worker !== undefined) boss.notifyWorker(worker);
      };
      const options = { pollingIntervalSeconds: lookEvery, notifyPollingIntervalSeconds: lookEvery };
      worker = await boss.work<object>(queue, options, async ([job]) => {
        try {
          if (job !== undefined) await perform(job, handlers);
        } finally {
          // Else it would rest after each job, however many wait.
          lookAgain();
        }
      });
      lookAgain();
    },
    async stop() {
      stopping.abort();
      await boss.stop({ timeout: 5_000 });
    },
  };
}

/** The same for the same job, so that it is there once: pg-boss wants a UUID. */
function jobId(kind: JobKind, subject: string): string {
  const hex = createHash("sha256").update(`${kind}\0${subject}`).digest("hex");
  // Version 8 of RFC 9562: made in a way of one's own.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
