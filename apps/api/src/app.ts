import express from "express";
import type { Express } from "express";
import type { Logger } from "pino";
import { requestLimits, savedDesignLimits } from "@hauberk/contract";
import type { SavedDesignLimits } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { createDoor } from "./access/door.ts";
import { noAccounts } from "./accounts/accounts.ts";
import type { Accounts } from "./accounts/accounts.ts";
import { accountRoutes } from "./features/account/account-router.ts";
import { approvalsRoutes } from "./features/approvals/approvals-router.ts";
import { createApprovalsService } from "./features/approvals/approvals-service.ts";
import { bundlesRoutes } from "./features/bundles/bundles-router.ts";
import { createBundlesService } from "./features/bundles/bundles-service.ts";
import { commentsRoutes } from "./features/comments/comments-router.ts";
import { createCommentsService } from "./features/comments/comments-service.ts";
import { compiledRoutes } from "./features/compiled/compiled-router.ts";
import { createCompiledService } from "./features/compiled/compiled-service.ts";
import { designsRoutes } from "./features/designs/designs-router.ts";
import { createDesignsService } from "./features/designs/designs-service.ts";
import { draftsRoutes } from "./features/drafts/drafts-router.ts";
import { createDraftsService } from "./features/drafts/drafts-service.ts";
import { eventsRoutes } from "./features/events/events-router.ts";
import { createEventsService } from "./features/events/events-service.ts";
import { followStore } from "./features/events/follow-store.ts";
import type { EventsOptions } from "./features/events/follow-store.ts";
import { healthRoutes } from "./features/health/health-router.ts";
import { createHealthService } from "./features/health/health-service.ts";
import { linksRoutes } from "./features/links/links-router.ts";
import { createLinksService } from "./features/links/links-service.ts";
import { openapiRoutes } from "./features/openapi/openapi-router.ts";
import { revisionsRoutes } from "./features/revisions/revisions-router.ts";
import { createRevisionsService } from "./features/revisions/revisions-service.ts";
import { signInRoutes } from "./features/sign-in/sign-in-router.ts";
import { standingsRoutes } from "./features/standings/standings-router.ts";
import { createStandingsService } from "./features/standings/standings-service.ts";
import { targetPolicyRoutes } from "./features/target-policy/target-policy-router.ts";
import { createTargetPolicyService } from "./features/target-policy/target-policy-service.ts";
import { targetsRoutes } from "./features/targets/targets-router.ts";
import { createTargetsService } from "./features/targets/targets-service.ts";
import { validationsRoutes } from "./features/validations/validations-router.ts";
import { createValidationsService } from "./features/validations/validations-service.ts";
import { createRevisionJudging, judgeAfterSaving } from "./features/verdicts/judge-revisions.ts";
import { judgeMissedRevisions } from "./features/verdicts/missed-revisions.ts";
import { createTargetRechecks } from "./features/verdicts/recheck-targets.ts";
import { verdictsRoutes } from "./features/verdicts/verdicts-router.ts";
import { createVerdictsService } from "./features/verdicts/verdicts-service.ts";
import { webPages } from "./features/web/web-pages.ts";
import { createMembersService } from "./features/workspaces/members-service.ts";
import { workspacesRoutes } from "./features/workspaces/workspaces-router.ts";
import { createWorkspacesService } from "./features/workspaces/workspaces-service.ts";
import { createEngineRuns } from "./engine-runs.ts";
import type { JobQueue } from "./jobs/job-queue.ts";
import { jobReports } from "./jobs/open-jobs.ts";
import { storeJobs } from "./jobs/store-jobs.ts";
import { measuredEngine } from "./metrics/measured-engine.ts";
import { requestMetrics, storeErrorMetrics } from "./metrics/request-metrics.ts";
import { createServiceMetrics } from "./metrics/service-metrics.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";
import { errorBoundary } from "./problems/error-boundary.ts";
import { RequestProblem } from "./problems/request-problem.ts";
import { bodyBudget, defaultBodyBudget } from "./requests/body-budget.ts";
import type { BodyBudget } from "./requests/body-budget.ts";
import { jsonBody } from "./requests/json-body.ts";
import { hostCheck } from "./requests/host-check.ts";
import { originCheck } from "./requests/origin-check.ts";
import { createRequestLimits, defaultRateLimits } from "./requests/rate-limits.ts";
import type { RateLimits } from "./requests/rate-limits.ts";
import { requestLog } from "./requests/request-log.ts";
import { dataHeaders, securityHeaders } from "./requests/security-headers.ts";
import { createDesignChanges } from "./saved-designs/design-changes.ts";
import { mountRoutes } from "./routes.ts";
import type { Route } from "./routes.ts";
import type { ValidationEngine } from "./validation-engine.ts";

/** What the application is built of. */
export interface AppOptions {
  readonly engine: ValidationEngine;
  /** Where saved designs are kept; whoever opened it closes it. */
  readonly store: Store;
  /** Who is signed in; nobody where this is missing. */
  readonly accounts?: Accounts;
  /** The clock: the machine's where this is missing. */
  readonly now?: () => Date;
  readonly logger: Logger;
  /** The folder of the built web application; it need not be there yet. */
  readonly webRoot: string;
  /** Host names that are served beside the loopback ones, without port. */
  readonly allowedHosts?: readonly string[];
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; none by default. */
  readonly trustedProxies?: readonly string[];
  readonly rateLimits?: Partial<RateLimits>;
  /** What one saved design may hold; what is missing is as usual. */
  readonly designLimits?: Partial<SavedDesignLimits>;
  /** The size of the largest body that is read, in bytes. */
  readonly bodyBytes?: number;
  /** How many bytes of bodies may be held at once. */
  readonly bodyBudget?: BodyBudget;
  /** Where work waits: as rows of the store where this is missing. */
  readonly jobs?: JobQueue;
  /** Where what happens is counted, for whoever tells it to a watcher. */
  readonly metrics?: ServiceMetrics;
  /** How many may follow designs at once, and at what pace they are told. */
  readonly events?: EventsOptions;
}

/** The application, not yet listening. */
export interface App {
  readonly handler: Express;
  /** Every route beside the web pages, as it is mounted. */
  readonly routes: readonly Route[];
  /** Begins to do the work that waits. */
  work(): Promise<void>;
  /** Takes no new work; what runs may end for so many milliseconds, then it is ended. */
  stop(milliseconds: number): Promise<void>;
}

/** The size of the largest body that is no design, in bytes. */
const smallBody = 65_536;

/** The size of the largest comment's body, in bytes: its longest texts in the widest characters. */
const commentBody = 262_144;

/** Builds the application over an engine and a store. */
export function createApp(options: AppOptions): App {
  const { store, logger, accounts = noAccounts, now = () => new Date() } = options;
  const metrics = options.metrics ?? createServiceMetrics();
  const jobs = options.jobs ?? storeJobs(store, jobReports(logger, metrics));
  const engine = measuredEngine(options.engine, metrics);
  const rateLimits = { ...defaultRateLimits, ...options.rateLimits };
  const bodyBytes = options.bodyBytes ?? requestLimits.bodyBytes;
  const health = createHealthService(engine, store);
  const runs = createEngineRuns(engine);
  const bodies = bodyBudget(options.bodyBudget ?? defaultBodyBudget, bodyBytes);
  const { live, notices } = followStore(store, logger, now, options.events);
  const changes = createDesignChanges(store, notices, judgeAfterSaving(jobs), {
    ...savedDesignLimits,
    ...options.designLimits,
  });
  const judging = createRevisionJudging(store, changes, engine, now);
  const rechecks = createTargetRechecks(store, jobs, judging, engine, now);
  const limits = createRequestLimits(store, metrics, logger);
  const tryDoors = async (): Promise<void> => {
    // Should word get lost, the next beat finds out.
    await notices
      .tellOfAll()
      .catch((error: unknown) => logger.warn({ err: error }, "who is let in no more was not told of"));
  };
  const design = [bodies, ...jsonBody(bodyBytes)];
  const small = [bodies, ...jsonBody(Math.min(smallBody, bodyBytes))];
  const routes: Route[] = [
    ...targetsRoutes(createTargetsService(engine)),
    ...targetPolicyRoutes(createTargetPolicyService(engine)),
    ...validationsRoutes(
      createValidationsService(engine, runs),
      [limits.perMinute("validations", rateLimits.validationsPerMinute), bodies],
      bodyBytes,
    ),
    ...standingsRoutes(
      createStandingsService(engine, runs),
      [limits.perMinute("standings", rateLimits.validationsPerMinute), bodies],
      bodyBytes,
    ),
    ...compiledRoutes(createCompiledService(engine)),
    ...designsRoutes(createDesignsService(store, changes, now), accounts, {
      create: [limits.perMinute("designs", rateLimits.designsPerMinute), ...design],
      small,
    }),
    ...revisionsRoutes(createRevisionsService(store, changes, now), design),
    ...verdictsRoutes(createVerdictsService(store, jobs)),
    ...draftsRoutes(createDraftsService(store, now), design),
    ...linksRoutes(createLinksService(store, changes, now), small),
    ...commentsRoutes(createCommentsService(store, changes, now), [
      bodies,
      ...jsonBody(Math.min(commentBody, bodyBytes)),
    ]),
    ...approvalsRoutes(createApprovalsService(store, changes, now), small),
    ...bundlesRoutes(createBundlesService(store, changes, now), small),
    ...eventsRoutes(createEventsService(store, live)),
    ...accountRoutes(accounts),
    ...signInRoutes(accounts, tryDoors),
    ...workspacesRoutes(createWorkspacesService(store, now), createMembersService(store, now), small, tryDoors),
    ...openapiRoutes(),
    ...healthRoutes(health),
  ];

  const stopping = new AbortController();
  let missed: Promise<void> = Promise.resolve();

  metrics.measure({ engineRuns: () => runs.count(), liveStreams: () => live.count(), jobs: () => jobs.counts() });

  const handler = express();
  handler.disable("x-powered-by");
  handler.set("query parser", "simple");
  handler.set("trust proxy", options.trustedProxies === undefined ? false : [...options.trustedProxies]);
  handler.use(requestLog(options.logger), requestMetrics(metrics), securityHeaders);
  handler.use(hostCheck(options.allowedHosts ?? []), originCheck);
  handler.use(["/api", "/auth", "/healthz", "/readyz"], dataHeaders);
  // Readiness looks at every target: it is asked by watchers, now and then.
  handler.use(["/api", "/auth", "/readyz"], limits.perMinute("requests", rateLimits.requestsPerMinute));
  mountRoutes(handler, routes, createDoor(store, accounts, now));
  handler.use("/api", () => {
    throw new RequestProblem(
      "not-found",
      "The API has nothing at this path; `/api/v1/openapi.json` lists what it has.",
    );
  });
  handler.use(webPages(options.webRoot));
  handler.use(storeErrorMetrics(metrics), errorBoundary);

  return {
    handler,
    routes,
    async work() {
      await jobs.work({ "judge-revision": judging.judge, "recheck-target": rechecks.recheck });
      missed = judgeMissedRevisions(store, jobs, stopping.signal, (error) =>
        logger.warn({ err: error }, "revisions that lack verdicts could not be looked for; it is tried again"),
      );
      rechecks.watch((error) => logger.warn({ err: error }, "the targets could not be compared with what they were"));
    },
    async stop(milliseconds) {
      health.stop();
      rechecks.stop();
      stopping.abort();
      await missed;
      await jobs.stop();
      live.stop();
      await runs.stop(milliseconds);
      limits.stop();
      await notices.close();
    },
  };
}
