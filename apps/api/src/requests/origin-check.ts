import type { Request, RequestHandler } from "express";
import { RequestProblem } from "../problems/request-problem.ts";

/**
 * Lets only our own pages, and programs that are no browser, change or start anything or ask the API. `Sec-Fetch-Site`
 * is set by the browser and no page can forge it; where it is missing, `Origin` decides; a request with neither is not a
 * browser's. Pages, and what a person opens by a link, may be asked for from anywhere.
 */
export const originCheck: RequestHandler = (request, _response, next) => {
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const ours =
    site !== undefined ? site === "same-origin" || site === "none" : isOwnOrigin(origin, request.get("host"));
  if (!ours && !isReadForAll(request)) {
    throw new RequestProblem("cross-site", "Only this service's own pages may send this request.");
  }
  next();
};

/**
 * Whether a request changes nothing and gives its sender nothing to hold: an answer of the API can't be read by another
 * site's page anyway, but a stream of events would take up a place of the person whose browser opens it.
 */
function isReadForAll(request: Request): boolean {
  if (request.method === "OPTIONS") return true;
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  return !request.path.startsWith("/api/") || request.get("sec-fetch-mode") === "navigate";
}

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
