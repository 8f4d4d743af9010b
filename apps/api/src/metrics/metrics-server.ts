import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServiceMetrics } from "./service-metrics.ts";

/** What tells the metrics to a watcher. */
export interface MetricsServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** `Host` headers under which a watcher may ask: a page that has pointed its name at this machine has another one. */
const ownName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Listens for `GET /metrics` on a port of its own, of this machine only by default, so that what it tells never stands
 * beside what people are served. Rejects where the port is taken; 0 is any free one.
 *
 * @param host in a container whose network is a watcher's alone: the address to listen on; then any `Host` is answered.
 */
export async function serveMetrics(
  metrics: ServiceMetrics,
  port: number,
  host: string = "127.0.0.1",
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    const allowed = host !== "127.0.0.1" || ownName.test(request.headers.host ?? "");
    if (!allowed || request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(allowed ? 404 : 421, { "Content-Type": "text/plain" }).end();
      return;
    }
    metrics.read().then(
      ({ text, mediaType }) => response.writeHead(200, { "Content-Type": mediaType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = 16;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  return {
    port: portOf(server.address(), port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null, asked: number): number {
  return typeof address === "object" && address !== null ? address.port : asked;
}
