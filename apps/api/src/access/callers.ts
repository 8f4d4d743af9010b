import type { Request } from "express";
import type { DesignRole, Person, WorkspaceRole } from "@hauberk/contract";

/** An account that a request comes from. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** In small letters, vouched for by who keeps the accounts; null where nobody does. */
  readonly email: string | null;
  /** The hash of the session by which they are; missing where none is, as behind a proxy. */
  readonly session?: string;
}

/** By what somebody comes in to a design: the owner's key, a link, or as a member of its workspace. */
export type Entry = "key" | "member" | `link:${string}`;

/** Who asks about a design, and what they are to it. */
export interface DesignCaller {
  readonly design: string;
  readonly role: DesignRole;
  /** Tells people apart as well as the service can: `key`, `link:ID` or `account:ID`. */
  readonly holder: string;
  /** By what they came in, signed in or not. */
  readonly entry: Entry;
  readonly account: SignedIn | null;
}

/** Who asks about a workspace, and what they are to it. */
export interface WorkspaceCaller {
  readonly workspace: string;
  readonly role: WorkspaceRole;
  readonly account: SignedIn;
}

const designCallers = new WeakMap<Request, DesignCaller>();
const accountCallers = new WeakMap<Request, SignedIn>();
const workspaceCallers = new WeakMap<Request, WorkspaceCaller>();

/** Keeps who asks with the request; only the door does this. */
export const letIn = {
  toDesign: (request: Request, caller: DesignCaller) => void designCallers.set(request, caller),
  asAccount: (request: Request, account: SignedIn) => void accountCallers.set(request, account),
  toWorkspace: (request: Request, caller: WorkspaceCaller) => void workspaceCallers.set(request, caller),
};

/** Who asks, on a route whose access names an action on a design. */
export function designCaller(request: Request): DesignCaller {
  return known(designCallers.get(request));
}

/** Who asks, on a route for accounts. */
export function accountCaller(request: Request): SignedIn {
  return known(accountCallers.get(request));
}

/** Who asks, on a route for members of a workspace. */
export function workspaceCaller(request: Request): WorkspaceCaller {
  return known(workspaceCallers.get(request));
}

function known<Caller>(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new Error("the route's access has another kind");
  return caller;
}

/** Under which name the caller acts: the account's, else the one they give themselves. */
export function personOf(account: SignedIn | null, by: string | undefined): Person {
  return { name: account?.name ?? by ?? "Anonymous", account: account?.id ?? null };
}
