import { Router } from "express";
import type { Express, RequestHandler } from "express";
import type { Endpoint } from "@hauberk/contract";
import type { Door } from "./access/door.ts";
import { RequestProblem } from "./problems/request-problem.ts";

/** A route of the service: its place in the contract, and what answers there. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly handlers: readonly RequestHandler[];
}

/**
 * Puts the routes into the application, each behind the door that lets in whom its endpoint's `access` names. A path
 * that exists answers other methods with 405 and the list of those it knows; HEAD is answered wherever GET is.
 */
export function mountRoutes(app: Express, routes: readonly Route[], door: Door): void {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    const path = expressPath(route.endpoint.path);
    router[route.endpoint.method](path, ...door.guards(route.endpoint.access), ...route.handlers);
  }
  for (const [path, methods] of methodsByPath(routes)) {
    router.all(expressPath(path), (_request, response) => {
      response.set("Allow", methods.join(", "));
      throw new RequestProblem("method-not-allowed", `Use ${methods.join(" or ")} here.`);
    });
  }
  app.use(router);
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const { endpoint } of routes) {
    const methods = byPath.get(endpoint.path) ?? [];
    methods.push(...(endpoint.method === "get" ? ["GET", "HEAD"] : [endpoint.method.toUpperCase()]));
    byPath.set(endpoint.path, methods);
  }
  return byPath;
}

/** OpenAPI writes `{name}` where Express writes `:name`. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
