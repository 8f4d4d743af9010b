/** Where the service answers. `{…}` stands for a part of the path that the caller fills in. */
export const endpoints = {
  listTargets: { method: "get", path: "/api/v1/targets" },
  targetPolicy: { method: "get", path: "/api/v1/targets/{id}/policy" },
  validate: { method: "post", path: "/api/v1/validations" },
  standings: { method: "post", path: "/api/v1/standings" },
  compiledPolicy: { method: "get", path: "/api/v1/compiled/{sha256}" },
  openapi: { method: "get", path: "/api/v1/openapi.json" },
  health: { method: "get", path: "/healthz" },
  readiness: { method: "get", path: "/readyz" },
} as const satisfies Record<string, Endpoint>;

/** A method and a path of the service. */
export interface Endpoint {
  readonly method: "get" | "post";
  readonly path: string;
}

/** The media type of an answer that comes line by line: each line is one JSON value. */
export const lineDelimitedJson = "application/x-ndjson";
