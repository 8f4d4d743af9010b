import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ServiceError } from "./problem-answer.ts";
import { requestVerdicts } from "./validations.ts";

let server: Server | null = null;

/** A service of the test's own on this machine; the client's addresses are relative, as in a page. */
async function serve(answer: RequestListener): Promise<void> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const plain = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => plain(`http://127.0.0.1:${port}${path}`, init));
}

afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const request = {
  name: "x",
  files: [{ path: "apparmor.d/x", text: "" }],
  targets: ["debian-12"],
  effort: "interactive" as const,
};

const verdict = {
  target: "debian-12",
  verdict: "accepted",
  reason: null,
  summary: "The parser accepts it.",
  parser: "3.0.8",
  kernel: "6.1",
  diagnostics: [],
  compiled: { sha256: "0".repeat(64), size: 1 },
};

async function collect(): Promise<string[]> {
  const seen: string[] = [];
  for await (const arrived of requestVerdicts(request, new AbortController().signal)) seen.push(arrived.verdict);
  return seen;
}

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ServiceError ? error.failure : error;
}

describe("requestVerdicts", () => {
  it("gives each verdict and passes over events of a newer service", async () => {
    await serve((_incoming, answer) => {
      answer.write(`${JSON.stringify({ type: "verdict", verdict, milliseconds: 5 })}\n`);
      answer.write('{"type":"weather","sky":"blue"}\n');
      answer.end('{"type":"done"}\n');
    });
    expect(await collect()).toEqual(["accepted"]);
  });

  it("takes an answer that is cut off for no answer", async () => {
    await serve((_incoming, answer) => {
      answer.end(`${JSON.stringify({ type: "verdict", verdict, milliseconds: 5 })}\n`);
    });
    expect(await failureOf(collect())).toEqual({ kind: "unreachable" });
  });

  it("tells a refusal in the service's own words", async () => {
    await serve((_incoming, answer) => {
      answer.writeHead(429, { "content-type": "application/problem+json" });
      answer.end(
        JSON.stringify({
          type: "/problems/too-many-requests",
          title: "Too many requests",
          status: 429,
          detail: "Wait a second.",
          instance: "urn:uuid:1",
        }),
      );
    });
    expect(await failureOf(collect())).toEqual({
      kind: "refused",
      status: 429,
      problem: "too-many-requests",
      title: "Too many requests",
      detail: "Wait a second.",
    });
  });

  it("knows a service that is away, also behind a proxy", async () => {
    await serve((_incoming, answer) => {
      answer.writeHead(502, { "content-type": "text/html" });
      answer.end("<h1>Bad gateway</h1>");
    });
    expect(await failureOf(collect())).toEqual({ kind: "unreachable" });
    server?.close();
    server?.closeAllConnections();
    expect(await failureOf(collect())).toEqual({ kind: "unreachable" });
  });
});
