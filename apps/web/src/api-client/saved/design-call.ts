import type { Endpoint } from "@hauberk/contract";
import { callService } from "../problem-answer.ts";

/** What opens a saved design: its id, and a secret that has a role for it or, where that is null, the account. */
export interface DesignAccess {
  readonly design: string;
  readonly token: string | null;
}

/** What of a path is filled in: `{design}`, `{link}` … */
type PathParts = Readonly<Record<string, string | number>>;

/** The path of an endpoint with its parts filled in. */
export function pathOf(endpoint: Endpoint, parts: PathParts): string {
  return endpoint.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const part = parts[name];
    return part === undefined ? whole : encodeURIComponent(part);
  });
}

/** The header that shows the secret. It stands nowhere else: an address would be kept in logs and histories. */
export function bearer({ token }: DesignAccess): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

interface CallParts {
  readonly parts?: PathParts;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Calls an endpoint of a saved design; every failure but an abort is a `ServiceError`. */
export async function callDesign(access: DesignAccess, endpoint: Endpoint, call: CallParts = {}): Promise<Response> {
  const { parts = {}, body, signal } = call;
  return callService(pathOf(endpoint, { ...parts, design: access.design }), {
    method: endpoint.method.toUpperCase(),
    headers: {
      accept: "application/json",
      ...bearer(access),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}
