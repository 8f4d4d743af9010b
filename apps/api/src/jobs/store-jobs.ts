import { randomUUID } from "node:crypto";
import { sql } from "@hauberk/store";
import type { Store } from "@hauberk/store";
import { defaultJobPace, jobKinds } from "./job-queue.ts";
import type { JobHandler, JobKind, JobPace, JobQueue, JobReports, TakenJob } from "./job-queue.ts";

/** How often somebody looks for work that nobody told of, in milliseconds. */
const lookEvery = 1_000;

/** A job that was added is looked for so soon, in milliseconds: by then its transaction has been committed. */
const lookAfterAdding = 20;

/** Jobs that were given up are kept for so many days. */
const failuresKept = 14;

/** A row of `jobs` that this process has. */
interface Row {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: string;
  readonly attempts: number;
}

/**
 * Jobs as rows of the store itself, done in this process. Whoever takes one has it for the time of a lease and renews
 * that while it works; a job whose lease has run out is taken again.
 */
export function storeJobs(store: Store, reports: JobReports, pace: JobPace = defaultJobPace): JobQueue {
  const worker = randomUUID();
  const stopping = new AbortController();
  let look: (() => void) | null = null;
  let working: Promise<void> = Promise.resolve();

  const take = (): Promise<Row | undefined> =>
    store.transaction(async (trx) => {
      const now = moment();
      const row = await trx
        .selectFrom("jobs")
        .select(["id", "kind", "subject", "payload", "attempts"])
        .where("failure", "is", null)
        .where("due", "<=", now)
        .where((where) => where.or([where("leased_until", "is", null), where("leased_until", "<", now)]))
        .orderBy(sql`case kind when ${jobKinds[0]} then 0 else 1 end`)
        .orderBy("due")
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      await trx
        .updateTable("jobs")
        .set({ leased_until: moment(pace.leaseSeconds), leased_by: worker, attempts: row.attempts + 1 })
        .where("id", "=", row.id)
        .execute();
      return { ...row, attempts: row.attempts + 1 };
    });

  /** Whether it is still ours. */
  const renew = async (id: string): Promise<boolean> => {
    const { numUpdatedRows } = await store.db
      .updateTable("jobs")
      .set({ leased_until: moment(pace.leaseSeconds) })
      .where("id", "=", id)
      .where("leased_by", "=", worker)
      .executeTakeFirst();
    return numUpdatedRows > 0;
  };

  const settle = async (row: Row, error?: unknown): Promise<void> => {
    const ours = { id: row.id, leased_by: worker };
    if (error === undefined) {
      await store.db.deleteFrom("jobs").where("id", "=", ours.id).where("leased_by", "=", worker).execute();
      return;
    }
    const wait = Math.min(3_600, pace.retrySeconds * 2 ** (row.attempts - 1));
    const failure = row.attempts >= pace.attempts ? sayFailure(error) : null;
    await store.db
      .updateTable("jobs")
      .set({ leased_until: null, leased_by: null, due: moment(wait), failure })
      .where("id", "=", ours.id)
      .where("leased_by", "=", worker)
      .execute();
  };

  /** Gives a job back as if it had not been taken. */
  const giveBack = async (row: Row): Promise<void> => {
    await store.db
      .updateTable("jobs")
      .set({ leased_until: null, leased_by: null, attempts: row.attempts - 1 })
      .where("id", "=", row.id)
      .where("leased_by", "=", worker)
      .execute();
  };

  const perform = async (row: Row, kind: JobKind, handler: JobHandler): Promise<void> => {
    const lost = new AbortController();
    const renewing = setInterval(
      () => {
        renew(row.id).then(
          (ours) => ours || lost.abort(),
          (error: unknown) => reports.storeFailed(error),
        );
      },
      (pace.leaseSeconds * 1_000) / 3,
    );
    const signal = AbortSignal.any([lost.signal, stopping.signal]);
    try {
      await handler({ kind, subject: row.subject, payload: payloadOf(row), signal } satisfies TakenJob);
      await settle(row);
      reports.done(kind);
    } catch (error) {
      if (stopping.signal.aborted) await giveBack(row);
      else {
        reports.failed(kind, error);
        await settle(row, error);
      }
    } finally {
      clearInterval(renewing);
    }
  };

  /** Waits until there may be work. */
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, lookEvery);
      look = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping.signal.aborted) look();
    });

  const loop = async (handlers: Readonly<Record<JobKind, JobHandler>>): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const row = await take();
        if (row === undefined) await rest();
        else {
          const kind = jobKinds.find((known) => known === row.kind);
          if (kind === undefined) await settle(row, new Error(`nobody here does jobs of the kind ${row.kind}`));
          else await perform(row, kind, handlers[kind]);
        }
      } catch (error) {
        reports.storeFailed(error);
        await rest();
      }
    }
  };

  return {
    async add(trx, { kind, subject, payload }) {
      const now = moment();
      await trx
        .insertInto("jobs")
        .values({
          id: randomUUID(),
          kind,
          subject,
          payload: JSON.stringify(payload),
          at: now,
          due: now,
          leased_until: null,
          leased_by: null,
          attempts: 0,
          failure: null,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["kind", "subject"])
            .doUpdateSet({ due: now, attempts: 0, failure: null })
            .where("jobs.failure", "is not", null),
        )
        .execute();
      setTimeout(() => look?.(), lookAfterAdding).unref();
    },
    async isPending(kind, subject) {
      const row = await store.db
        .selectFrom("jobs")
        .select("id")
        .where("kind", "=", kind)
        .where("subject", "=", subject)
        .where("failure", "is", null)
        .executeTakeFirst();
      return row !== undefined;
    },
    async counts() {
      const now = moment();
      const rows = await store.db
        .selectFrom("jobs")
        .select([
          sql<number>`count(*)`.as("all"),
          sql<number>`count(case when failure is not null then 1 end)`.as("failed"),
          sql<number>`count(case when failure is null and leased_until >= ${now} then 1 end)`.as("underWay"),
        ])
        .executeTakeFirstOrThrow();
      return { waiting: rows.all - rows.failed - rows.underWay, underWay: rows.underWay, failed: rows.failed };
    },
    async work(handlers) {
      const old = moment(-failuresKept * 86_400);
      await store.db.deleteFrom("jobs").where("failure", "is not", null).where("due", "<", old).execute();
      working = loop(handlers);
    },
    async stop() {
      stopping.abort();
      look?.();
      await working;
    },
  };
}

function moment(inSeconds = 0): string {
  return new Date(Date.now() + inSeconds * 1_000).toISOString();
}

function payloadOf({ payload }: Row): object {
  const value: unknown = JSON.parse(payload);
  return typeof value === "object" && value !== null ? value : {};
}

function sayFailure(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : "unknown";
}
