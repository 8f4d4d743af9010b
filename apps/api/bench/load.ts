/**
 * How long an honest client waits for a verdict, through the real service on loopback: alone, beside 200 hostile
 * validations of twenty other clients and of its own address, and how long 200 profiles of twenty clients at once wait.
 * Ends by itself. Run by `node apps/api/bench/load.ts [--json]`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@hauberk/store";
import { pino } from "pino";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { startServer } from "../src/server.ts";

const json = process.argv.includes("--json");
const rounds = 50;
const honestAddress = "192.0.2.1";

/** 30 lines as people write them; `unique` so that nothing is remembered. */
function profileText(unique: string): string {
  const lines = Array.from({ length: 20 }, (_, index) => `  /opt/${unique}/part${index}/{bin,lib}/* r,`);
  return `include <tunables/global>\nprofile bench {\n  include <abstractions/base>\n${lines.join("\n")}\n}\n`;
}

/** Costs any parser minutes. */
const hostileText = (unique: number): string => `profile bench { /${unique}**a${"?".repeat(26)} r, }\n`;

/** Asks for a verdict; the milliseconds until the whole answer is there. */
function ask(url: string, from: string, text: string, wanted: RegExp): Promise<number> {
  const body = JSON.stringify({ name: "bench", files: [{ path: "apparmor.d/bench", text }], targets: ["debian-12"] });
  const headers = { "content-type": "application/json", "x-forwarded-for": from };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      new URL("api/v1/validations", url),
      { method: "POST", headers, agent: false },
      (got) => {
        let answer = "";
        got.on("data", (chunk) => (answer += String(chunk)));
        got.on("error", reject);
        got.on("end", () => {
          if (wanted.test(answer)) resolve(performance.now() - begun);
          else reject(new Error(`an answer that is none: ${got.statusCode} ${answer.slice(0, 500)}`));
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Runs with a service of its own, which ends with all that still waits in it. */
async function withService<T>(use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-bench-"));
  const server = await startServer({
    store: await openStore({ folder }),
    engine: sandboxEngine(),
    logger: pino({ level: "silent" }),
    webRoot: import.meta.dirname,
    host: "127.0.0.1",
    ports: [0],
    trustedProxies: ["127.0.0.1"],
    rateLimits: { requestsPerMinute: 100_000, validationsPerMinute: 100_000 },
    timeouts: { stop: 0 },
  });
  try {
    await ask(server.url, honestAddress, profileText("first"), /accepted/);
    return await use(server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function honest(url: string, name: string): Promise<number[]> {
  const waited: number[] = [];
  for (let round = 0; round < rounds; round++) {
    waited.push(await ask(url, honestAddress, profileText(`${name}${round}`), /"verdict":"accepted"/));
  }
  return waited;
}

/** The honest client's times while 200 hostile validations are under way, sent from where `from` says. */
function beside(name: string, from: (index: number) => string): Promise<number[]> {
  return withService(async (url) => {
    const hostile = Array.from({ length: 200 }, (_, index) => ask(url, from(index), hostileText(index), /undecided/));
    for (const one of hostile) one.catch(() => undefined);
    return honest(url, name);
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const measured = [
  ["honest client alone (baseline)", await withService((url) => honest(url, "alone"))],
  ["beside 200 hostile of 20 clients", await beside("others", (index) => `198.51.100.${index % 20}`)],
  ["beside 200 hostile of 200 clients", await beside("many", (index) => `198.51.100.${index}`)],
  ["beside 200 hostile of its own address", await beside("own", () => honestAddress)],
  [
    "200 profiles of 20 clients at once",
    await withService((url) =>
      Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          ask(url, `198.51.100.${index % 20}`, profileText(`crowd${index}`), /"verdict":"accepted"/),
        ),
      ),
    ),
  ],
] as const;

const [[, alone]] = measured;
const [median, p95] = [quantile(alone, 0.5), quantile(alone, 0.95)];
const results = measured.map(([name, values]) => {
  const own = { median: quantile(values, 0.5), p95: quantile(values, 0.95) };
  return { name, ...own, ratio: own.median / median, ratioP95: own.p95 / p95 };
});
if (json) console.log(JSON.stringify({ format: 1, rounds, results }, null, 2));
else {
  for (const row of results) {
    const cells = [`median ${row.median.toFixed(0)} ms`, `p95 ${row.p95.toFixed(0)} ms`];
    console.log([row.name.padEnd(40), ...cells].join("  "));
  }
}
