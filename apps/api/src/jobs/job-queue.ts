import type { Tables, Transaction } from "@hauberk/store";

/** The kinds of work that may wait, the urgent first: a kind goes before those behind it. */
export const jobKinds = ["judge-revision", "recheck-target"] as const;

export type JobKind = (typeof jobKinds)[number];

/** Work to be done some time. */
export interface NewJob {
  readonly kind: JobKind;
  /** What it is about, at most 200 characters; there is at most one job of a kind about the same. */
  readonly subject: string;
  /** What whoever does it must know; plain data. */
  readonly payload: object;
}

/** Work that somebody has taken. */
export interface TakenJob extends NewJob {
  /** Aborts where the service stops, or where the work was given to somebody else. */
  readonly signal: AbortSignal;
}

/**
 * Does a job of one kind. It may be called again for a job that it has done, or while another process still does it: what
 * it stores must be the same once as twice. Where it rejects, the job is tried again later, a bounded number of times.
 */
export type JobHandler = (job: TakenJob) => Promise<void>;

/** How many jobs there are. */
export interface JobCounts {
  readonly waiting: number;
  readonly underWay: number;
  /** Given up: they were tried too often. */
  readonly failed: number;
}

/** Work that waits in the store, so that no end of a process loses it. */
export interface JobQueue {
  /**
   * Adds a job by a transaction: it is there when that is committed. One that waits or is under way is left as it is; one
   * that was done or given up begins anew.
   */
  add(trx: Transaction<Tables>, job: NewJob): Promise<void>;
  /** Whether a job about this waits or is under way. */
  isPending(kind: JobKind, subject: string): Promise<boolean>;
  counts(): Promise<JobCounts>;
  /** Begins to do jobs in this process, one at a time. */
  work(handlers: Readonly<Record<JobKind, JobHandler>>): Promise<void>;
  /** Takes no more, ends what runs (another process or the next start takes it up), and lets go of its connections. */
  stop(): Promise<void>;
}

/** How a queue deals with jobs whose process is gone or whose handler rejects. */
export interface JobPace {
  /** A job that was taken and of which nothing was heard for so many seconds is given to somebody else; a whole number. */
  readonly leaseSeconds: number;
  /** After a failure a job waits so many seconds, and twice as many after each further one, up to an hour. */
  readonly retrySeconds: number;
  /** So often a job is tried, ends of processes included. */
  readonly attempts: number;
}

/** A killed process holds up its one job for some seconds; a validator that is away for hours loses none. */
export const defaultJobPace: JobPace = { leaseSeconds: 10, retrySeconds: 5, attempts: 20 };

/** What a queue tells of what it does, for the log and the metrics. */
export interface JobReports {
  done(kind: JobKind): void;
  failed(kind: JobKind, error: unknown): void;
  /** The store could not be asked. */
  storeFailed(error: unknown): void;
}
