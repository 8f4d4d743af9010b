import express from "express";
import type { Express } from "express";
import type { Logger } from "pino";
import { requestLimits } from "@hauberk/contract";
import { compiledRoutes } from "./features/compiled/compiled-router.ts";
import { createCompiledService } from "./features/compiled/compiled-service.ts";
import { healthRoutes } from "./features/health/health-router.ts";
import { createHealthService } from "./features/health/health-service.ts";
import { openapiRoutes } from "./features/openapi/openapi-router.ts";
import { standingsRoutes } from "./features/standings/standings-router.ts";
import { createStandingsService } from "./features/standings/standings-service.ts";
import { targetPolicyRoutes } from "./features/target-policy/target-policy-router.ts";
import { createTargetPolicyService } from "./features/target-policy/target-policy-service.ts";
import { targetsRoutes } from "./features/targets/targets-router.ts";
import { createTargetsService } from "./features/targets/targets-service.ts";
import { validationsRoutes } from "./features/validations/validations-router.ts";
import { createValidationsService } from "./features/validations/validations-service.ts";
import { webPages } from "./features/web/web-pages.ts";
import { createEngineRuns } from "./engine-runs.ts";
import { measuredEngine } from "./metrics/measured-engine.ts";
import { requestMetrics } from "./metrics/request-metrics.ts";
import { createServiceMetrics } from "./metrics/service-metrics.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";
import { errorBoundary } from "./problems/error-boundary.ts";
import { RequestProblem } from "./problems/request-problem.ts";
import { bodyBudget, defaultBodyBudget } from "./requests/body-budget.ts";
import type { BodyBudget } from "./requests/body-budget.ts";
import { hostCheck } from "./requests/host-check.ts";
import { originCheck } from "./requests/origin-check.ts";
import { defaultRateLimits, perMinute } from "./requests/rate-limits.ts";
import type { RateLimits } from "./requests/rate-limits.ts";
import { requestLog } from "./requests/request-log.ts";
import { dataHeaders, securityHeaders } from "./requests/security-headers.ts";
import { mountRoutes } from "./routes.ts";
import type { Route } from "./routes.ts";
import type { ValidationEngine } from "./validation-engine.ts";

/** What the application is built of. */
export interface AppOptions {
  readonly engine: ValidationEngine;
  readonly logger: Logger;
  /** The folder of the built web application; it need not be there yet. */
  readonly webRoot: string;
  /** Host names that are served beside the loopback ones, without port. */
  readonly allowedHosts?: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; none by default. */
  readonly trustedProxies?: readonly string[];
  readonly rateLimits?: RateLimits;
  /** The size of the largest body that is read, in bytes. */
  readonly bodyBytes?: number;
  /** How many bytes of bodies may be held at once. */
  readonly bodyBudget?: BodyBudget;
  /** Where what happens is counted, for whoever tells it to a watcher. */
  readonly metrics?: ServiceMetrics;
}

/** The application, not yet listening. */
export interface App {
  readonly handler: Express;
  /** Every route beside the web pages, as it is mounted. */
  readonly routes: readonly Route[];
  /** Takes no new work; what runs may end for so many milliseconds, then it is ended. */
  stop(milliseconds: number): Promise<void>;
}

/** Builds the application over an engine. */
export function createApp(options: AppOptions): App {
  const metrics = options.metrics ?? createServiceMetrics();
  const engine = measuredEngine(options.engine, metrics);
  const rateLimits = options.rateLimits ?? defaultRateLimits;
  const bodyBytes = options.bodyBytes ?? requestLimits.bodyBytes;
  const health = createHealthService(engine);
  const runs = createEngineRuns(engine);
  const bodies = bodyBudget(options.bodyBudget ?? defaultBodyBudget, bodyBytes);
  const routes: Route[] = [
    ...targetsRoutes(createTargetsService(engine)),
    ...targetPolicyRoutes(createTargetPolicyService(engine)),
    ...validationsRoutes(
      createValidationsService(engine, runs),
      [perMinute("validations", rateLimits.validationsPerMinute), bodies],
      bodyBytes,
    ),
    ...standingsRoutes(
      createStandingsService(engine, runs),
      [perMinute("standings", rateLimits.validationsPerMinute), bodies],
      bodyBytes,
    ),
    ...compiledRoutes(createCompiledService(engine)),
    ...openapiRoutes(),
    ...healthRoutes(health),
  ];

  metrics.measure({ engineRuns: () => runs.count(), liveStreams: () => 0, jobs: () => Promise.resolve(null) });

  const handler = express();
  handler.disable("x-powered-by");
  handler.set("query parser", "simple");
  handler.set("trust proxy", options.trustedProxies === undefined ? false : [...options.trustedProxies]);
  handler.use(requestLog(options.logger), requestMetrics(metrics), securityHeaders);
  handler.use(hostCheck(options.allowedHosts ?? []), originCheck);
  handler.use(["/api", "/healthz", "/readyz"], dataHeaders);
  // Readiness looks at every target: it is asked by watchers, now and then.
  handler.use(["/api", "/readyz"], perMinute("requests", rateLimits.requestsPerMinute));
  mountRoutes(handler, routes);
  handler.use("/api", () => {
    throw new RequestProblem(
      "not-found",
      "The API has nothing at this path; `/api/v1/openapi.json` lists what it has.",
    );
  });
  handler.use(webPages(options.webRoot));
  handler.use(errorBoundary);

  return {
    handler,
    routes,
    async stop(milliseconds) {
      health.stop();
      await runs.stop(milliseconds);
    },
  };
}
