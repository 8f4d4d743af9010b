import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { problemSchema } from "@hauberk/contract";
import type { Problem } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { startServer } from "../src/server.ts";
import type { RunningServer, ServerOptions } from "../src/server.ts";

/** A small folder in the shape of a built web application. */
export const builtWeb = fileURLToPath(new URL("built-web", import.meta.url));

/** Starts the real service on a free port of this machine for one test; its URL ends with a slash. */
export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<string> {
  return (await startStoppableServer(options)).url;
}

/** The same, for a test that stops it itself. */
export async function startStoppableServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-api-"));
  const server = await start({ ...options, store: options.store ?? (await openStore({ folder })) });
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  return server;
}

function start(options: Partial<ServerOptions> & Pick<ServerOptions, "store">): Promise<RunningServer> {
  return startServer({
    engine: options.engine ?? sandboxEngine(),
    logger: pino({ level: "silent" }),
    webRoot: builtWeb,
    host: "127.0.0.1",
    ports: [0],
    ...options,
  });
}

/** The same for all tests that are declared beside this call, which ask for its URL when they run. */
export function shareTestServer(options: () => Partial<ServerOptions> & Pick<ServerOptions, "store">): () => string {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    server = await start(options());
  });
  afterAll(() => server?.stop());
  return () => {
    if (server === undefined) throw new Error("the service is started when the tests begin");
    return server.url;
  };
}

/** A request as it is to go out, byte for byte: no client adds or forbids a header. */
export interface Sent {
  readonly method?: string;
  /** A list is sent as the same header several times. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** An answer, read to its end. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request to a path, which is not normalised on its way. */
export function send(url: string, path: string, sent: Sent = {}): Promise<Received> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method: sent.method ?? "GET", headers: sent.headers ?? {}, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    request.on("error", reject);
    // Else Node tells no length of what a DELETE sends.
    request.useChunkedEncodingByDefault ||= sent.body !== undefined;
    request.end(sent.body);
  });
}

/** Sends a body to `POST /api/v1/validations` as JSON; a string goes out as it is. */
export function postValidation(url: string, body: unknown, headers: Sent["headers"] = {}): Promise<Received> {
  return send(url, "/api/v1/validations", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** A request for a verdict on one file. */
export function validationOf(text: string, rest: object = {}): object {
  return { name: "test", files: [{ path: "apparmor.d/test", text }], targets: ["debian-12"], ...rest };
}

/** The problem that an answer carries; fails where it is none. */
export function problemOf(answer: Received): Problem {
  if (answer.headers["content-type"] !== "application/problem+json; charset=utf-8") {
    throw new Error(`no problem but ${answer.headers["content-type"]}: ${answer.text}`);
  }
  return problemSchema.parse(JSON.parse(answer.text));
}
