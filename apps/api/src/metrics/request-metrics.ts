import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import { isStoreAway } from "@hauberk/store";
import type { ServiceMetrics } from "./service-metrics.ts";

/** Counts each request when its answer has ended. */
export function requestMetrics(metrics: ServiceMetrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    // Sending line by line listens as often as Node suspects a leak for.
    response.setMaxListeners(20);
    response.once("close", () => {
      const seconds = (performance.now() - begun) / 1_000;
      metrics.requestEnded(routeOf(request), methodOf(request), response.statusCode, seconds);
    });
    next();
  };
}

/** The path of the route as the contract writes it; `other` for pages and whatever else was asked for. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route !== "object" || route === null || !("path" in route) || typeof route.path !== "string")
    return "other";
  return route.path.replaceAll(/:(\w+)/g, "{$1}");
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function methodOf({ method }: Request): string {
  return methods.has(method) ? method : "other";
}

/** Counts what failed for the store's sake, and hands it on. */
export function storeErrorMetrics(metrics: ServiceMetrics): ErrorRequestHandler {
  return (error: unknown, _request, _response, next) => {
    if (isStoreAway(error)) metrics.storeFailed();
    next(error);
  };
}
