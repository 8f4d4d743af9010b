import { expect, onTestFinished, test } from "vitest";
import { createServiceMetrics } from "../src/metrics/service-metrics.ts";
import { serveMetrics } from "../src/metrics/metrics-server.ts";
import { postValidation, send, startTestServer, validationOf } from "./test-server.ts";

/** The value of a line of the metrics; null where there is none. */
function valueOf(text: string, line: string): number | null {
  const found = text.split("\n").find((one) => one.startsWith(`${line} `));
  return found === undefined ? null : Number(found.slice(line.length + 1));
}

test("what was asked, answered and judged is told to a watcher, on a port of its own", async () => {
  const metrics = createServiceMetrics();
  const watched = await serveMetrics(metrics, 0);
  onTestFinished(() => watched.stop());
  const url = await startTestServer({ metrics });

  await postValidation(url, validationOf("profile p { /a r, }\n"));
  await postValidation(url, validationOf("profile p { /a rq, }\n", { targets: ["debian-12", "no-such-target"] }));
  await send(url, "/api/v1/compiled/hbk_secretsecretsecret");
  await send(url, "/api/v1/nothing-of-ours?token=hbk_secretsecretsecret");
  await send(url, "/healthz", { method: "PURGE" });

  const { text } = await send(`http://127.0.0.1:${watched.port}`, "/metrics");
  const validations = 'hauberk_requests_total{route="/api/v1/validations",method="POST",status="200"}';
  expect(valueOf(text, validations)).toBe(2);
  expect(valueOf(text, 'hauberk_request_duration_seconds_count{route="/api/v1/validations"}')).toBe(2);
  const verdict = (target: string, outcome: string, reason = "") =>
    valueOf(text, `hauberk_verdicts_total{target="${target}",outcome="${outcome}",reason="${reason}"}`);
  expect(verdict("debian-12", "accepted")).toBe(1);
  expect(verdict("debian-12", "rejected")).toBe(1);
  expect(verdict("unknown", "undecided", "unknown_target")).toBe(1);
  expect(valueOf(text, "hauberk_engine_runs")).toBe(0);
  expect(valueOf(text, "hauberk_live_streams")).toBe(0);
  expect(valueOf(text, "hauberk_store_errors_total")).toBe(0);
  expect(valueOf(text, "process_resident_memory_bytes")).toBeGreaterThan(0);
  // What somebody sent is in no label.
  for (const sent of ["hbk_", "secret", "nothing-of-ours", "no-such-target", "PURGE"]) expect(text).not.toContain(sent);
});

test("the service itself tells no metrics, and a page under another name gets none", async () => {
  const metrics = createServiceMetrics();
  const watched = await serveMetrics(metrics, 0);
  onTestFinished(() => watched.stop());
  const url = await startTestServer({ metrics });
  expect((await send(url, "/metrics")).text).not.toContain("hauberk_requests_total");
  const own = `http://127.0.0.1:${watched.port}`;
  expect((await send(own, "/metrics", { headers: { host: "evil.example" } })).status).toBe(421);
  expect((await send(own, "/metrics", { method: "POST" })).status).toBe(404);
  expect((await send(own, "/")).status).toBe(404);
});
