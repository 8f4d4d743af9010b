import type { RequestHandler } from "express";
import { RequestProblem } from "../problems/request-problem.ts";
import { clientKey } from "./client-key.ts";

/** How many bytes of bodies may be read, or wait for their answers, at the same time. */
export interface BodyBudget {
  readonly perClient: number;
  readonly altogether: number;
}

/** Hundreds of ordinary designs at once, and only a few of the largest of one client. */
export const defaultBodyBudget: BodyBudget = { perClient: 32 * 1024 * 1024, altogether: 128 * 1024 * 1024 };

/** What a request costs beside its body: memory for its connection, its verdicts, its place in the queue. */
const besideTheBody = 64 * 1024;

/**
 * Refuses a request whose body would not fit beside those that are being read or answered now: each is held in memory
 * until its answer is out, so many large ones that wait for a parser would end the service. Stands before the body is
 * read; one that announces no length counts as `bodyBytes`, the largest.
 */
export function bodyBudget(budget: BodyBudget, bodyBytes: number): RequestHandler {
  const held = new Map<string, number>();
  let heldAltogether = 0;
  const hold = (client: string, bytes: number): void => {
    heldAltogether += bytes;
    const now = (held.get(client) ?? 0) + bytes;
    if (now === 0) held.delete(client);
    else held.set(client, now);
  };
  return (request, response, next) => {
    const client = clientKey(request);
    const announced = Number(request.headers["content-length"] ?? bodyBytes);
    const bytes = besideTheBody + Math.min(Number.isFinite(announced) ? announced : bodyBytes, bodyBytes);
    if ((held.get(client) ?? 0) + bytes > budget.perClient) {
      response.set("Retry-After", "5");
      throw new RequestProblem("too-many-requests", "Too much from one address waits for answers. Try again later.");
    }
    if (heldAltogether + bytes > budget.altogether) {
      response.set("Retry-After", "5");
      throw new RequestProblem("busy", "Too much waits for answers just now. Try again in a moment.");
    }
    hold(client, bytes);
    response.once("close", () => hold(client, -bytes));
    next();
  };
}
