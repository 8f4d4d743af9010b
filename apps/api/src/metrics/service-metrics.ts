import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Verdict } from "@hauberk/contract";
import type { JobCounts, JobKind } from "../jobs/job-queue.ts";

/** What is asked for when somebody reads the metrics. */
export interface MeasuredNow {
  /** Runs of parsers for people that are under way or wait. */
  engineRuns(): number;
  /** Live connections that are open. */
  liveStreams(): number;
  /** Null where there is no queue. */
  jobs(): Promise<JobCounts | null>;
}

/** The figures of one process. No label holds an id, a name, an address or a token: routes are as the contract writes them. */
export interface ServiceMetrics {
  requestEnded(route: string, method: string, status: number, seconds: number): void;
  verdictGiven(verdict: Pick<Verdict, "target" | "verdict" | "reason" | "kind">, seconds: number): void;
  jobEnded(kind: JobKind, outcome: "done" | "failed"): void;
  storeFailed(): void;
  /** From now on these are asked. */
  measure(now: MeasuredNow): void;
  /** All of it as Prometheus reads it, and its media type. */
  read(): Promise<{ readonly text: string; readonly mediaType: string }>;
}

/** Bounds of durations, in seconds: from an answer out of memory to the longest run of a parser. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The figures of this process, all at their beginning. */
export function createServiceMetrics(): ServiceMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "hauberk_requests_total",
    help: "Requests that were answered, or whose client left.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const requestSeconds = new Histogram({
    name: "hauberk_request_duration_seconds",
    help: "From the headers of a request to the end of its answer; live connections are left out.",
    labelNames: ["route"],
    buckets,
    registers,
  });
  const verdicts = new Counter({
    name: "hauberk_verdicts_total",
    help: "Verdicts by target and outcome; reason is that of an undecided one.",
    labelNames: ["target", "outcome", "reason"],
    registers,
  });
  const verdictSeconds = new Histogram({
    name: "hauberk_verdict_duration_seconds",
    help: "Wall time of a target's run, from its start to the verdict.",
    labelNames: ["target"],
    buckets,
    registers,
  });
  const jobs = new Counter({
    name: "hauberk_jobs_total",
    help: "Attempts at jobs that ended in this process.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const storeErrors = new Counter({
    name: "hauberk_store_errors_total",
    help: "Times that the store could not be used.",
    registers,
  });
  return {
    requestEnded(route, method, status, seconds) {
      requests.inc({ route, method, status: String(status) });
      if (route !== liveRoute) requestSeconds.observe({ route }, seconds);
    },
    verdictGiven({ target, verdict, reason, kind }, seconds) {
      // Whatever somebody asks for is no label: only a target that there is has a kind.
      const known = kind === undefined ? "unknown" : target;
      verdicts.inc({ target: known, outcome: verdict, reason: reason ?? "" });
      verdictSeconds.observe({ target: known }, seconds);
    },
    jobEnded: (kind, outcome) => jobs.inc({ kind, outcome }),
    storeFailed: () => storeErrors.inc(),
    measure: (now) => registerGauges(registry, now),
    read: async () => ({ text: await registry.metrics(), mediaType: registry.contentType }),
  };
}

/** The route of live connections, which are open for hours. */
export const liveRoute = "/api/v1/designs/{design}/events";

function registerGauges(registry: Registry, now: MeasuredNow): void {
  const gauges = [
    new Gauge({
      name: "hauberk_engine_runs",
      help: "Validations and standings that are under way or wait for a parser.",
      registers: [],
      collect() {
        this.set(now.engineRuns());
      },
    }),
    new Gauge({
      name: "hauberk_live_streams",
      help: "Live connections that are open.",
      registers: [],
      collect() {
        this.set(now.liveStreams());
      },
    }),
  ];
  for (const gauge of gauges) registry.registerMetric(gauge);
  registry.registerMetric(jobsGauge(now));
}

function jobsGauge(now: MeasuredNow): Gauge<"state"> {
  return new Gauge({
    name: "hauberk_jobs",
    help: "Jobs in the store, of all processes, by state.",
    labelNames: ["state"],
    registers: [],
    async collect() {
      const counts = await now.jobs().catch(() => null);
      this.reset();
      if (counts === null) return;
      this.set({ state: "waiting" }, counts.waiting);
      this.set({ state: "under-way" }, counts.underWay);
      this.set({ state: "failed" }, counts.failed);
    },
  });
}
