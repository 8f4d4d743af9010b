import { lstat, unlink } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createConnection } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  validatorCallSchema,
  validatorLimits,
  validatorMethods,
  type ValidatorLine,
  type ValidatorMethod,
} from "@hauberk/contract/validator";
import type { z } from "zod";
import type { Sandbox, ValidationCall } from "../sandbox.ts";

/** A validator that listens. */
export interface ServedSandbox {
  /** Ends what runs, and stops listening. */
  stop(): Promise<void>;
}

/** Answers a call by its input as it came; null where that is not as the method wants it. */
type Handler = (sandbox: Sandbox, input: unknown, call: ValidationCall) => AsyncIterable<unknown> | null;

function handler<I extends z.ZodType, A extends z.ZodType>(
  method: ValidatorMethod<I, A>,
  answer: (sandbox: Sandbox, input: z.output<I>, call: ValidationCall) => AsyncIterable<z.input<A>>,
): readonly [string, Handler] {
  return [
    method.path,
    (sandbox, raw, call) => {
      const input = method.input.safeParse(raw);
      return input.success ? answer(sandbox, input.data, call) : null;
    },
  ];
}

const { listTargets, isolationProblem, validate, standings, policyTree, compiledPolicy } = validatorMethods;

/** How each method is answered by a sandbox. */
const handlers: ReadonlyMap<string, Handler> = new Map([
  handler(listTargets, (sandbox) => one(sandbox.listTargets())),
  handler(isolationProblem, (sandbox) => one(sandbox.isolationProblem())),
  handler(validate, (sandbox, request, call) => sandbox.validate(request, call)),
  handler(standings, async function* (sandbox, request, call) {
    for await (const answer of sandbox.standings(request, call)) yield { ...answer, rows: [...answer.rows] };
  }),
  handler(policyTree, async function* (sandbox, id) {
    const tree = await sandbox.policyTree(id);
    yield tree.kind === "tree" ? { ...tree, files: [...tree.files], leftOut: [...tree.leftOut] } : tree;
  }),
  handler(compiledPolicy, async function* (sandbox, sha256) {
    const policy = await sandbox.compiledPolicy(sha256);
    yield policy === undefined ? null : Buffer.from(policy).toString("base64");
  }),
]);

async function* one<T>(answer: Promise<T>): AsyncGenerator<T> {
  yield await answer;
}

/** So many calls at once; the service before it holds back what is more. */
const mostConnections = 1024;

/** Listens on a unix socket for what `validatorMethods` describes, and has a sandbox answer it. */
export async function serveSandbox(sandbox: Sandbox, socket: string): Promise<ServedSandbox> {
  await removeAbandoned(socket);
  const server = createServer((request, response) => void serve(sandbox, request, response));
  server.maxConnections = mostConnections;
  await listen(server, socket);
  return {
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sandbox.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

/** A validator that was killed leaves its socket behind; one on which somebody still answers is left alone. */
async function removeAbandoned(socket: string): Promise<void> {
  const status = await lstat(socket).catch(() => null);
  if (status === null || !status.isSocket()) return;
  const answered = await new Promise<boolean>((resolve) => {
    const probe = createConnection(socket);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
  if (!answered) await unlink(socket);
}

async function serve(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const handle = request.method === "POST" ? handlers.get(request.url ?? "") : undefined;
    if (handle === undefined) return refuse(response, 404, "There is nothing at this path.");
    const body = await readBody(request);
    if (body === null) return refuse(response, 413, `A call has at most ${validatorLimits.callBytes} bytes.`);
    const call = validatorCallSchema.safeParse(body);
    if (!call.success) return refuse(response, 400, "The call is not as the contract says.");
    const { client, input } = call.data;
    const answers = handle(sandbox, input, { client, signal: gone.signal });
    if (answers === null) return refuse(response, 400, "What was sent is not as the contract says.");
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    response.flushHeaders();
    await pipeline(Readable.from(lines(answers)), response);
  } catch (error) {
    // Whoever left has had their run ended; there is nobody to tell.
    if (gone.signal.aborted) return;
    refuse(response, 400, error instanceof SyntaxError ? "The call is no JSON." : "The call could not be read.");
  }
}

async function* lines(answers: AsyncIterable<unknown>): AsyncGenerator<string> {
  try {
    for await (const answer of answers) yield lineOf({ type: "answer", answer });
    yield lineOf({ type: "done" });
  } catch (error) {
    console.error(error);
    yield lineOf({ type: "failed" });
  }
}

function lineOf(line: ValidatorLine): string {
  return `${JSON.stringify(line)}\n`;
}

function refuse(response: ServerResponse, code: number, why: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(code, { "Content-Type": "text/plain", Connection: "close" }).end(`${why}\n`);
}

/** The JSON of a body; null where it is larger than a call may be. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > validatorLimits.callBytes) return null;
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
