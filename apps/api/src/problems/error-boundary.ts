import type { ErrorRequestHandler, Request, Response } from "express";
import { problemKinds, problemMediaType, problemType } from "@hauberk/contract";
import type { Problem, ProblemId } from "@hauberk/contract";
import { isStoreAway } from "@hauberk/store";
import { requestId } from "../requests/request-log.ts";
import { RequestProblem } from "./request-problem.ts";
import { signInPageFor } from "./sign-in-page.ts";

/**
 * The one place where an error becomes an answer. What was thrown on purpose is told as it is; anything else is logged
 * and answered with 500, without a word of what went wrong inside.
 */
export const errorBoundary: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  // Whoever asked has left while a file was on its way: nothing failed, and there is nobody to tell.
  if (request.socket.destroyed && isAborted(error)) {
    response.destroy();
    return;
  }
  const problem = asProblem(error);
  if (problem.id === "internal" || problem.id === "store-away") request.log.error({ err: error }, "the request failed");
  if (response.headersSent) {
    // The answer has begun: the only way left to say that it is not whole is to break it off.
    response.destroy();
    return;
  }
  const page = signInPageFor(request, problem);
  if (page === null) sendProblem(request, response, problem);
  else response.set("Cache-Control", "no-store").redirect(303, page);
};

/** Answers with a problem (RFC 9457). */
export function sendProblem(request: Request, response: Response, problem: RequestProblem): void {
  const body: Problem = {
    type: problemType(problem.id),
    title: problemKinds[problem.id].title,
    status: problem.status,
    detail: problem.message,
    instance: `urn:uuid:${requestId(request)}`,
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
  };
  if (problem.retryAfter !== null) response.set("Retry-After", String(problem.retryAfter));
  response.status(problem.status).set("Cache-Control", "no-store").type(problemMediaType).send(JSON.stringify(body));
}

/** What Express says of an answer that nobody takes any more; a connection of the store or a validator may break so too. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNABORTED";
}

function asProblem(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (isStoreAway(error)) {
    return new RequestProblem("store-away", "Saved designs can't be reached just now. Try again in a moment.", [], 5);
  }
  const fault = thrownByExpress(error);
  if (fault === undefined) {
    return new RequestProblem("internal", "This is a fault of the service, not of the request. Its log says more.");
  }
  const [id, detail] = expressFaults[fault];
  return new RequestProblem(id, detail);
}

// What Express and its body reader throw for a bad request, by its `type`; what is not theirs to know is put in our words.
const expressFaults = {
  "entity.too.large": ["too-large", "The body is larger than this service reads."],
  "encoding.unsupported": ["unsupported-media-type", "Send the body without compression."],
  "request.aborted": ["invalid-request", "The body did not arrive whole."],
  "request.size.invalid": ["invalid-request", "The body has not the length that was announced."],
  "malformed path": ["invalid-request", "The path of the request is not encoded as it should be."],
} as const satisfies Record<string, readonly [ProblemId, string]>;

type ExpressFault = keyof typeof expressFaults;

function thrownByExpress(error: unknown): ExpressFault | undefined {
  if (error instanceof URIError) return "malformed path";
  if (typeof error !== "object" || error === null || !("type" in error)) return undefined;
  const { type } = error;
  return typeof type === "string" ? knownFault(type) : undefined;
}

function knownFault(type: string): ExpressFault | undefined {
  switch (type) {
    case "entity.too.large":
    case "encoding.unsupported":
    case "request.aborted":
    case "request.size.invalid":
      return type;
    default:
      return undefined;
  }
}
