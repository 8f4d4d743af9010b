import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { designRoles, endpoints, roleMay } from "@hauberk/contract";
import type { Endpoint } from "@hauberk/contract";
import { openapi } from "@hauberk/contract/openapi";
import { openStore } from "@hauberk/store";
import { createApp } from "../src/app.ts";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { call, makeLink } from "./saved-design.ts";
import type { Call, Saved } from "./saved-design.ts";
import { sampleCalls } from "./sample-calls.ts";
import type { SampleCall } from "./sample-calls.ts";
import { builtWeb } from "./test-server.ts";
import type { Received } from "./test-server.ts";

/** A route that the service has, by its name in the contract. */
export interface ServedRoute {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** What stands in the path's braces. */
  readonly parts: readonly string[];
  /** Whether it reads a body. */
  readonly hasBody: boolean;
  /** Whether it may be called without the body that it reads. */
  readonly bodyIsOptional: boolean;
  readonly sample: SampleCall;
}

/** The routes as they are mounted, so that a new one is attacked like the others. */
export async function servedRoutes(): Promise<ServedRoute[]> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-routes-"));
  const store = await openStore({ folder });
  const app = createApp({ engine: sandboxEngine(), store, logger: pino({ level: "silent" }), webRoot: builtWeb });
  const served = new Set<Endpoint>(app.routes.map(({ endpoint }) => endpoint));
  await app.stop(0);
  await store.close();
  rmSync(folder, { recursive: true });
  const paths = openapi().paths ?? {};
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    if (!served.has(endpoint)) return [];
    const parts = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part);
    const body = paths[endpoint.path]?.[endpoint.method]?.requestBody;
    const hasBody = body !== undefined;
    const bodyIsOptional = hasBody && "required" in body && !body.required;
    const sample = Object.entries(sampleCalls).find(([called]) => called === name)?.[1] ?? {};
    return [{ name, endpoint, parts, hasBody, bodyIsOptional, sample }];
  });
}

/** A token with which the route answers about the design: of its owner, or of the role that alone may do this. */
export async function tokenFor(saved: Saved, { access }: Endpoint): Promise<string> {
  if (access.kind !== "design" || roleMay("owner", access.action)) return saved.key;
  const role = designRoles.find((one) => one !== "owner" && roleMay(one, access.action));
  if (role === undefined || role === "owner") throw new Error(`nobody may ${access.action}`);
  return (await makeLink(saved, role)).token;
}

/** Calls a route about the design; a part of the path that is not given names nothing. */
export function callRoute(saved: Saved, { endpoint, parts }: ServedRoute, given: Call): Promise<Received> {
  const nothing = Object.fromEntries(parts.map((part) => [part, "none"]));
  return call(saved.url, endpoint, { ...given, parts: { ...nothing, design: saved.id, ...given.parts } });
}
