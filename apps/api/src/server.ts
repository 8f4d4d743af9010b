import { createServer } from "node:http";
import type { Server } from "node:http";
import { isIP } from "node:net";
import { createApp } from "./app.ts";
import type { AppOptions } from "./app.ts";
import { defaultStreamLimits } from "./features/events/stream-places.ts";
import { openJobs } from "./jobs/open-jobs.ts";
import { serveMetrics } from "./metrics/metrics-server.ts";
import type { MetricsServer } from "./metrics/metrics-server.ts";
import { createServiceMetrics } from "./metrics/service-metrics.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";

/** How long a client may take, in milliseconds. */
export interface ServerTimeouts {
  /** From the first byte of a request to the end of its headers. */
  readonly headers: number;
  /** From the first byte of a request to the end of its body. */
  readonly request: number;
  /** A connection on which nothing moves, while an answer is due too; above the longest run of a parser. */
  readonly silence: number;
  /** A connection that waits for its next request. */
  readonly keepAlive: number;
  /** How often the first two are checked. */
  readonly checkEvery: number;
  /** What runs when the service is told to stop may still take so long. */
  readonly stop: number;
}

/** Wide enough for a slow line, narrow enough that slow clients can't hold all connections. */
export const defaultTimeouts: ServerTimeouts = {
  headers: 10_000,
  request: 30_000,
  silence: 120_000,
  keepAlive: 10_000,
  checkEvery: 5_000,
  stop: 8_000,
};

/** What a server is made of: an application, whose engine and store are closed with it, and where it listens. */
export interface ServerOptions extends Omit<AppOptions, "jobs"> {
  readonly host: string;
  /** The port, or the ports to try in this order; 0 is any free one. */
  readonly ports: readonly number[];
  readonly timeouts?: Partial<ServerTimeouts>;
  /** Where the metrics are told; without it nowhere. */
  readonly metricsAt?: { readonly host: string; readonly port: number };
}

/** A server that listens. */
export interface RunningServer {
  /** For a browser on this machine, with a slash at its end. */
  readonly url: string;
  /** Stops accepting, lets running validations end within a bound, then ends everything. */
  stop(): Promise<void>;
}

/** Connections that are held beside those of streams, so that requests find one while all streams are open. */
const connectionsBesideStreams = 224;

/** Builds the application and listens. Rejects with the error of Node where no port can be had; engine and store are then the caller's still. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const metrics = options.metrics ?? createServiceMetrics();
  const allowedHosts = [...(options.allowedHosts ?? []), ...boundName(options.host)];
  const jobs = await openJobs(options.store, options.logger, metrics);
  const app = createApp({ ...options, metrics, jobs, allowedHosts });
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.keepAlive,
      connectionsCheckingInterval: timeouts.checkEvery,
    },
    app.handler,
  );
  const streams = options.events?.limits?.altogether ?? defaultStreamLimits.altogether;
  server.timeout = timeouts.silence;
  server.maxConnections = connectionsBesideStreams + streams;
  let watched: MetricsServer | undefined;
  let port: number;
  try {
    watched = await tellMetrics(metrics, options.metricsAt);
    port = await listen(server, options.host, options.ports);
    await app.work();
  } catch (error) {
    server.close();
    await watched?.stop();
    await app.stop(0);
    throw error;
  }

  let stopped: Promise<void> | undefined;
  return {
    url: `http://${urlHost(options.host)}:${port}/`,
    stop: () => (stopped ??= stop(server, app.stop(timeouts.stop), options).then(() => watched?.stop())),
  };
}

async function stop(server: Server, appStopped: Promise<void>, options: ServerOptions): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await appStopped;
  // Answers that are written are on their way out; whoever has not taken theirs by now is cut off.
  const cut = setTimeout(() => server.closeAllConnections(), 500);
  server.closeIdleConnections();
  await closed;
  clearTimeout(cut);
  await options.engine.close();
  await options.store.close();
}

async function tellMetrics(
  metrics: ServiceMetrics,
  at: ServerOptions["metricsAt"],
): Promise<MetricsServer | undefined> {
  if (at === undefined) return undefined;
  try {
    return await serveMetrics(metrics, at.port, at.host);
  } catch (error) {
    const why = isPortTaken(error) ? "another program has it" : String(error);
    throw new Error(`The metrics can't be told on port ${at.port} of HAUBERK_METRICS_PORT: ${why}.`, { cause: error });
  }
}

async function listen(server: Server, host: string, ports: readonly number[]): Promise<number> {
  let last: unknown;
  for (const port of ports) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if (!isPortTaken(error)) throw error;
      last = error;
    }
  }
  throw last;
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Whether listening failed because another program has the port. */
export function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/** The name that the operator bound to is a name to be called by, unless it stands for every address. */
function boundName(host: string): string[] {
  if (host === "0.0.0.0" || host === "::") return [];
  return [urlHost(host)];
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
}
