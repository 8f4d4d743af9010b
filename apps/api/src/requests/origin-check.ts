import type { RequestHandler } from "express";
import { RequestProblem } from "../problems/request-problem.ts";

/**
 * Lets only our own pages, and programs that are no browser, change or start anything. `Sec-Fetch-Site` is set by the
 * browser and no page can forge it; where it is missing, `Origin` decides; a request with neither is not a browser's.
 */
export const originCheck: RequestHandler = (request, _response, next) => {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") {
    next();
    return;
  }
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const ours =
    site !== undefined ? site === "same-origin" || site === "none" : isOwnOrigin(origin, request.get("host"));
  if (!ours) throw new RequestProblem("cross-site", "Only this service's own pages may send this request.");
  next();
};

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
