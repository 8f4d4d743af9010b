import { containerWorkload } from "./points/container-workload.ts";
import { cronJob } from "./points/cron-job.ts";
import { erlangNode } from "./points/erlang-node.ts";
import { http2Agent } from "./points/http2-agent.ts";
import { nodejsService } from "./points/nodejs-service.ts";
import { packetMonitor } from "./points/packet-monitor.ts";
import { staticSite } from "./points/static-site.ts";
import { twistedService } from "./points/twisted-service.ts";
import { twoFacedProxy } from "./points/two-faced-proxy.ts";
import { webServer } from "./points/web-server.ts";
import type { StartingPoint } from "./starting-point.ts";

/** Every starting point, in the order of a list of them. A new one is one file in `points/` and one line here. */
export const startingPoints: readonly StartingPoint[] = [
  staticSite,
  http2Agent,
  nodejsService,
  webServer,
  packetMonitor,
  cronJob,
  containerWorkload,
  twistedService,
  erlangNode,
  twoFacedProxy,
];

/** The starting point of that id, if there is one. */
export function startingPointNamed(id: string): StartingPoint | undefined {
  return startingPoints.find((point) => point.id === id);
}
