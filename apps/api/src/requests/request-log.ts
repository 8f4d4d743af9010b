import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import type { RequestHandler } from "express";
import { errorForLog } from "../service-log.ts";

// A mail program that writes a link's `#` as `%23`, or somebody who pastes a key into an address, sends it in the path.
const secretInPath = /hbk_[\w-]*/gi;

const healthPaths: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

/**
 * Gives each request an id of our own (never the client's), answers it in `X-Request-Id`, and logs the request when it
 * has ended: method, path, status, time. No header, query, body or text of a profile is ever logged.
 */
export function requestLog(logger: Logger): RequestHandler {
  const log = pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    autoLogging: { ignore: (request) => healthPaths.has(request.url ?? "") },
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? "error" : response.statusCode >= 400 ? "warn" : "info",
    serializers: { req: describeRequest, res: describeResponse, err: errorForLog },
    wrapSerializers: false,
    // The error boundary has logged what was thrown; a bare 5xx needs no made-up stack.
    customErrorObject: (_request, _response, _error, line: object) => ({ ...line, err: undefined }),
  });
  return (request, response, next) => {
    log(request, response);
    response.set("X-Request-Id", requestId(request));
    next();
  };
}

/** The id under which a request is logged and answered. */
export function requestId(request: IncomingMessage): string {
  return typeof request.id === "string" ? request.id : "";
}

function describeRequest(request: IncomingMessage): object {
  const path = ((request.url ?? "").split("?")[0] ?? "").replaceAll(secretInPath, "hbk_…");
  return {
    id: requestId(request),
    method: request.method,
    path: path.slice(0, 200),
    from: request.socket.remoteAddress,
  };
}

function describeResponse(response: ServerResponse): object {
  return { status: response.statusCode };
}
