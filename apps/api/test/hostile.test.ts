import { readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { requestLimits } from "@hauberk/contract";
import { parsersBelowUs } from "./parser-processes.ts";
import { postValidation, problemOf, send, startStoppableServer, startTestServer, validationOf } from "./test-server.ts";

/** Sends bytes as they are and gives what comes back until the connection ends. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString()));
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(bytes);
  await closed;
  return answer;
}

const start = (line: string, ...headers: string[]): string =>
  [line, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");

describe("requests that are none", () => {
  test.each([
    ["one header that is too long", start("GET /healthz HTTP/1.1", `X-Long: ${"a".repeat(20_000)}`), 431],
    ["too many headers", start("GET /healthz HTTP/1.1", ...Array.from({ length: 3000 }, (_, i) => `X-${i}: a`)), 431],
    ["a path that is too long", start(`GET /${"a".repeat(20_000)} HTTP/1.1`), 431],
    ["no protocol at all", "\x16\x03\x01\x02\r\n\r\n", 400],
    ["two lengths", start("POST /api/v1/validations HTTP/1.1", "Content-Length: 2", "Content-Length: 3"), 400],
    [
      "a length and chunks",
      start("POST /api/v1/validations HTTP/1.1", "Content-Length: 2", "Transfer-Encoding: chunked"),
      400,
    ],
    ["a line end within a header", start("GET /healthz HTTP/1.1", "X-A: b\rSet-Cookie: c"), 400],
    ["no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["another host before ours", start("GET /healthz HTTP/1.1").replace("Host:", "Host: evil.example\r\nHost:"), 421],
    ["another host in the line", start("GET http://evil.example/healthz HTTP/1.1", "X-A: b"), 200],
    ["a tunnel", start("CONNECT evil.example:443 HTTP/1.1"), null],
    ["a change of protocol", start("GET /healthz HTTP/1.1", "Upgrade: websocket"), 200],
  ])("%s is refused, and the service goes on", async (_what, bytes, status) => {
    const url = await startTestServer();
    const answer = await raw(url, bytes);
    expect(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? "NaN")).toEqual(status ?? NaN);
    expect(answer).not.toMatch(/node|express|\.ts\b| at /i);
    expect((await send(url, "/healthz")).status).toBe(200);
  });
});

/** Begins a validation and goes no further than the first byte of its body. */
function begin(url: string, headers: Record<string, string>): { close: () => void; sent: Promise<void> } {
  const request = httpRequest(new URL("/api/v1/validations", url), {
    method: "POST",
    agent: false,
    headers: { "content-type": "application/json", ...headers },
  });
  request.on("error", () => undefined);
  onTestFinished(() => void request.destroy());
  const sent = new Promise<void>((resolve) => void request.write("{", () => resolve()));
  return { close: () => void request.destroy(), sent };
}

describe("bodies that would fill the memory", () => {
  test("of one client are refused before they are read, others are not, and room is given back", async () => {
    const url = await startTestServer({
      trustedProxies: ["127.0.0.1"],
      bodyBudget: { perClient: 200_000, altogether: 1_000_000 },
    });
    const held = begin(url, { "content-length": "100000", "x-forwarded-for": "192.0.2.1" });
    await held.sent;
    const ask = async (from: string) => postValidation(url, "{}", { "x-forwarded-for": from });
    await expect.poll(async () => (await ask("192.0.2.1")).status).toBe(429);
    expect((await ask("192.0.2.2")).status).toBe(400);
    held.close();
    await expect.poll(async () => (await ask("192.0.2.1")).status).toBe(400);
  });

  test("of many together are refused as well; one without a length counts as the largest", async () => {
    const url = await startTestServer({
      trustedProxies: ["127.0.0.1"],
      bodyBudget: { perClient: 8_000_000, altogether: requestLimits.bodyBytes + 100_000 },
    });
    const held = begin(url, { "transfer-encoding": "chunked", "x-forwarded-for": "192.0.2.1" });
    await held.sent;
    const ask = async () => postValidation(url, "{}", { "x-forwarded-for": "192.0.2.2" });
    await expect.poll(async () => (await ask()).status).toBe(503);
    expect(problemOf(await ask())).toMatchObject({ type: "/problems/busy" });
    held.close();
    await expect.poll(async () => (await ask()).status).toBe(400);
  });
});

/** The headers of a client behind the proxy that the tests trust. */
function headersOf(client: number): Record<string, string> {
  return { "x-forwarded-for": `192.0.2.${client}` };
}

/** Costs any parser minutes. */
const bomb = (unique: number): string => `profile test { /${unique}**a${"?".repeat(26)} r, }\n`;

/** What lies in the folder of temporary files and was made for jobs of this process. */
const jobFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => new RegExp(`^hauberk-job-\\d+-${process.pid}-`).test(name));

test("sixty hostile validations of three clients hold up no honest one, and leave nothing behind", async () => {
  const server = await startStoppableServer({ trustedProxies: ["127.0.0.1"], timeouts: { stop: 0 } });
  const { url } = server;
  let ended = 0;
  // The honest one has been here before, as one who types has.
  await postValidation(url, validationOf("profile test { /a r, }\n"), headersOf(100));
  const hostile = Array.from({ length: 60 }, async (_, index) => {
    const body = validationOf(bomb(index), { effort: "interactive" });
    await postValidation(url, body, headersOf(index % 3)).catch(() => undefined);
    ended++;
  });
  await expect.poll(() => parsersBelowUs().length, { timeout: 10_000 }).toBeGreaterThan(0);
  const answer = await postValidation(url, validationOf("profile test { /b r, }\n"), headersOf(100));
  expect(answer.text).toContain('"verdict":"accepted"');
  // What was running came before, and the one client that had not had a turn yet; never a line of twenty.
  expect(ended).toBeLessThanOrEqual(5);
  await server.stop();
  await Promise.all(hostile);
  expect(parsersBelowUs()).toEqual([]);
  expect(jobFolders()).toEqual([]);
});
