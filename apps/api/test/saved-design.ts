import { createdDesignSchema, createdLinkSchema, endpoints } from "@hauberk/contract";
import type { Endpoint, LinkRole, NewLinkBody } from "@hauberk/contract";
import { send } from "./test-server.ts";
import type { Received } from "./test-server.ts";

/** A design that a test has saved. */
export interface Saved {
  readonly url: string;
  readonly id: string;
  readonly key: string;
}

/** What stands in a path's braces, and what is sent. */
export interface Call {
  readonly parts?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls an endpoint as a program would. */
export function call(
  url: string,
  endpoint: Endpoint,
  { parts = {}, token, body, headers }: Call = {},
): Promise<Received> {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
  return send(url, path, {
    method: endpoint.method.toUpperCase(),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Calls an endpoint of the design, with its owner's key where no other token is given. */
export function callSaved(saved: Saved, endpoint: Endpoint, given: Call = {}): Promise<Received> {
  const parts = { design: saved.id, ...given.parts };
  return call(saved.url, endpoint, { token: saved.key, ...given, parts });
}

/** The files of a design that says one thing. */
export function filesOf(text: string): { path: string; text: string }[] {
  return [{ path: "apparmor.d/test", text }];
}

/** What a design says where a test names nothing else. */
export const savedText = "profile test {}\n";

/** Saves a new design of one file. */
export async function saveDesign(url: string, text = savedText): Promise<Saved> {
  const answer = await call(url, endpoints.createDesign, { body: { name: "test", files: filesOf(text), by: "Ada" } });
  const { design, key } = createdDesignSchema.parse(JSON.parse(answer.text));
  return { url, id: design.id, key };
}

/** Makes a link to the design. */
export async function makeLink(
  saved: Saved,
  role: LinkRole,
  more: Partial<NewLinkBody> = {},
): Promise<{ id: string; token: string }> {
  const answer = await callSaved(saved, endpoints.createLink, { body: { role, label: role, ...more } });
  const { link, token } = createdLinkSchema.parse(JSON.parse(answer.text));
  return { id: link.id, token };
}
