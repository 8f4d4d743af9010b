import type { ErrorRequestHandler, Request, Response } from "express";
import { problemKinds, problemMediaType, problemType } from "@hauberk/contract";
import type { Problem } from "@hauberk/contract";
import { RequestProblem } from "./request-problem.ts";

/**
 * The one place where an error becomes an answer. What was thrown on purpose is told as it is; anything else is logged
 * and answered with 500, without a word of what went wrong inside.
 */
export const errorBoundary: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const problem = asProblem(error);
  if (problem.id === "internal") request.log.error({ err: error }, "the request failed");
  if (response.headersSent) {
    // The answer has begun: the only way left to say that it is not whole is to break it off.
    response.destroy();
    return;
  }
  sendProblem(request, response, problem);
};

/** Answers with a problem (RFC 9457). */
export function sendProblem(request: Request, response: Response, problem: RequestProblem): void {
  const body: Problem = {
    type: problemType(problem.id),
    title: problemKinds[problem.id].title,
    status: problem.status,
    detail: problem.message,
    instance: `urn:uuid:${String(request.id)}`,
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
  };
  response.status(problem.status).set("Cache-Control", "no-store").type(problemMediaType).send(JSON.stringify(body));
}

function asProblem(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  switch (thrownByExpress(error)) {
    case "entity.too.large":
      return new RequestProblem("too-large", "The body is larger than this service reads.");
    case "encoding.unsupported":
      return new RequestProblem("unsupported-media-type", "Send the body without compression.");
    case "request.aborted":
    case "request.size.invalid":
      return new RequestProblem("invalid-request", "The body did not arrive as it was announced.");
    case "malformed path":
      return new RequestProblem("invalid-request", "The path of the request is not encoded as it should be.");
    case undefined:
      return new RequestProblem("internal", "This is a fault of the service, not of the request. Its log says more.");
  }
}

type ExpressFault =
  | "entity.too.large"
  | "encoding.unsupported"
  | "request.aborted"
  | "request.size.invalid"
  | "malformed path";

/** Which of the errors that Express and its body reader throw for a bad request this is. */
function thrownByExpress(error: unknown): ExpressFault | undefined {
  if (error instanceof URIError) return "malformed path";
  if (typeof error !== "object" || error === null || !("type" in error)) return undefined;
  const { type } = error;
  const known: readonly ExpressFault[] = [
    "entity.too.large",
    "encoding.unsupported",
    "request.aborted",
    "request.size.invalid",
  ];
  return known.find((fault) => fault === type);
}
