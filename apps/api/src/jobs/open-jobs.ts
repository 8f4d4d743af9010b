import type { Logger } from "pino";
import type { Store } from "@hauberk/store";
import type { ServiceMetrics } from "../metrics/service-metrics.ts";
import { bossJobs } from "./boss-jobs.ts";
import type { JobQueue, JobReports } from "./job-queue.ts";
import { storeJobs } from "./store-jobs.ts";

/** The queue of a store: pg-boss's for all processes of a PostgreSQL, else rows of the store. Nothing is done before `work`. */
export async function openJobs(store: Store, logger: Logger, metrics: ServiceMetrics): Promise<JobQueue> {
  const reports = jobReports(logger, metrics);
  return "url" in store.place ? bossJobs(store.place.url, reports) : storeJobs(store, reports);
}

/** What a queue does, told to the log and counted. */
export function jobReports(logger: Logger, metrics: ServiceMetrics): JobReports {
  return {
    done: (kind) => metrics.jobEnded(kind, "done"),
    failed(kind, error) {
      metrics.jobEnded(kind, "failed");
      logger.warn({ kind, err: error }, "a job failed; it is tried again");
    },
    storeFailed(error) {
      metrics.storeFailed();
      logger.error({ err: error }, "the queue of jobs could not be asked");
    },
  };
}
