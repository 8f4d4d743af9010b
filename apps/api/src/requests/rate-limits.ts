import { rateLimit } from "express-rate-limit";
import type { RequestHandler } from "express";
import { clientKey } from "./client-key.ts";
import { RequestProblem } from "../problems/request-problem.ts";
import { sendProblem } from "../problems/error-boundary.ts";

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

/** Refuses with 429 and `Retry-After` what one address sends beyond `limit` in a minute; `name` stands in the headers. */
export function perMinute(name: string, limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
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
