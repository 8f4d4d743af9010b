import type { LinkRole, NewLinkBody } from "@hauberk/contract";
import { makeLink as makeSavedLink, saveDesign as saveNewDesign } from "./saved-design.ts";
import { send } from "./test-server.ts";

/** What the service said to a call. */
export interface Said {
  readonly status: number;
  /** The JSON of the answer; null where it has none. */
  readonly body: unknown;
}

/** Somebody who calls the service about one design, by one token. */
export interface Caller {
  readonly url: string;
  readonly design: string;
  readonly token: string;
  /** Calls a path below the design's: `/comments`, or the empty one. */
  call(method: string, path: string, body?: unknown): Promise<Said>;
}

/** A link that somebody has, and how its owner names it. */
export interface LinkCaller extends Caller {
  readonly link: string;
}

/** Calls about a design by a token. */
export function callerOf(url: string, design: string, token: string): Caller {
  return {
    url,
    design,
    token,
    async call(method, path, body) {
      const { status, text } = await send(url, `/api/v1/designs/${design}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status, body: text === "" ? null : JSON.parse(text) };
    },
  };
}

/** The text that designs of these tests begin with; its rule stands at `ruleOfText`. */
export const designText = "profile a {\n  /tmp/** rw,\n}\n";

/** Where the rule of `designText` stands, and what it is. */
export const ruleOfText = { file: "apparmor.d/test", profile: "a", start: 14, end: 25, text: "/tmp/** rw," };

/** Saves a design of one file, and answers as its owner. */
export async function saveDesign(url: string): Promise<Caller> {
  const { id, key } = await saveNewDesign(url, designText);
  return callerOf(url, id, key);
}

/** Has the owner make a link, and answers as whoever has it. */
export async function makeLink(owner: Caller, role: LinkRole, more: Partial<NewLinkBody> = {}): Promise<LinkCaller> {
  const { url, design, token: key } = owner;
  const { id, token } = await makeSavedLink({ url, id: design, key }, role, more);
  return { ...callerOf(url, design, token), link: id };
}

/** Saves another text on top of a revision. */
export function saveText(caller: Caller, parent: number, text: string, rest: object = {}): Promise<Said> {
  return caller.call("POST", "/revisions", { parent, files: [{ path: ruleOfText.file, text }], ...rest });
}
