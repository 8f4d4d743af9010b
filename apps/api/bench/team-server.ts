import { pino } from "pino";
import { openStore } from "@hauberk/store";
import type { StorePlace } from "@hauberk/store";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { startServer } from "../src/server.ts";

/**
 * The service as a process of its own for the load bench, whose memory can be asked for after a collection of garbage:
 * team-server.ts PLACE, that as JSON. Tells its address, then its memory whenever it is asked; ends with who started it.
 */
const [place = ""] = process.argv.slice(2);
const at: StorePlace = JSON.parse(place);
const server = await startServer({
  engine: sandboxEngine(),
  store: await openStore(at),
  logger: pino({ level: "error" }, pino.destination(2)),
  webRoot: import.meta.dirname,
  host: "127.0.0.1",
  ports: [0],
  trustedProxies: ["127.0.0.1"],
});
process.on("message", () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ rss, heapUsed, arrayBuffers, cpuMilliseconds: (user + system) / 1_000 });
});
process.on("disconnect", () => void server.stop().then(() => process.exit(0)));
process.send?.({ url: server.url });
