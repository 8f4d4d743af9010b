import { rateLimit } from "express-rate-limit";
import type { Store as CountStore } from "express-rate-limit";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import type { Store } from "@hauberk/store";
import type { ServiceMetrics } from "../metrics/service-metrics.ts";
import { clientKey } from "./client-key.ts";
import { RequestProblem } from "../problems/request-problem.ts";
import { sendProblem } from "../problems/error-boundary.ts";
import { SharedCounts } from "./shared-counts.ts";

/** How many requests one address may send in a minute. */
export interface RateLimits {
  /** All requests to the API. */
  readonly requestsPerMinute: number;
  /** Validations alone, and as many questions for standings: each runs parsers. */
  readonly validationsPerMinute: number;
  /** New designs, each of which stays. */
  readonly designsPerMinute: number;
}

/** A designer that validates after every pause in typing stays far below these. */
export const defaultRateLimits: RateLimits = {
  requestsPerMinute: 1200,
  validationsPerMinute: 600,
  designsPerMinute: 30,
};

/** The limits of one application. */
export interface RequestLimits {
  /** Refuses what one address sends beyond `limit` in a minute; `name` stands in the headers. */
  perMinute(name: string, limit: number): RequestHandler;
  /** Sweeps no more. */
  stop(): void;
}

/** Limits that hold over all processes of one PostgreSQL; over SQLite, which is one process's, in its memory. */
export function createRequestLimits(store: Store, metrics: ServiceMetrics, logger: Logger): RequestLimits {
  const shared: SharedCounts[] = [];
  const failed = (error: unknown): void => {
    metrics.storeFailed();
    logger.error({ err: error }, "requests are counted by this process alone");
  };
  return {
    perMinute(name, limit) {
      if (store.kind === "sqlite") return perMinute(name, limit);
      const counts = new SharedCounts(store, name, limit, failed);
      shared.push(counts);
      return perMinute(name, limit, counts);
    },
    stop() {
      for (const counts of shared) counts.shutdown();
    },
  };
}

/**
 * Refuses with 429 and `Retry-After` what one address sends beyond `limit` in a minute; `name` stands in the headers.
 *
 * @param counts where requests are counted, by the limit's name; in the memory of this process where this is missing.
 */
function perMinute(name: string, limit: number, counts?: CountStore): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    ...(counts !== undefined && { store: counts }),
    keyGenerator: clientKey,
    identifier: name,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // The header is not trusted, unless a proxy is named: so that it is there is no fault.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (request, response) => {
      const seconds = response.get("Retry-After") ?? "60";
      sendProblem(
        request,
        response,
        new RequestProblem("too-many-requests", `Too many requests from one address. Try again in ${seconds} seconds.`),
      );
    },
  });
}
