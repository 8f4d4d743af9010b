import type { Request, RequestHandler } from "express";
import { designIdSchema, roleMay, tokenSchema } from "@hauberk/contract";
import type { Access, DesignAction, WorkspaceRole } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { Accounts } from "../accounts/accounts.ts";
import { RequestProblem } from "../problems/request-problem.ts";
import { pathId } from "../requests/path-id.ts";
import { letIn } from "./callers.ts";
import type { SignedIn } from "./callers.ts";
import { designCallerOf, nothingHere } from "./design-access.ts";
import { createLinkUses } from "./link-uses.ts";
import { membership } from "./members.ts";

/** Lets requests in as the table of endpoints says, and nobody else. */
export interface Door {
  /** What stands before the handlers of a route with this access. */
  guards(access: Access): RequestHandler[];
}

/** The only place where it is decided who may do what. */
export function createDoor(store: Store, accounts: Accounts, now: () => Date): Door {
  const uses = createLinkUses(store);

  async function toDesign(request: Request, action: DesignAction): Promise<void> {
    const design = designOfPath(request);
    const token = bearerToken(request);
    const account = await accounts.signedIn(request);
    const { caller, link } = await designCallerOf(store, design, { token, account }, now());
    if (link !== null) {
      await uses.record(link, { address: request.ip, program: request.get("user-agent") }, now());
    }
    if (!roleMay(caller.role, action)) throw new RequestProblem("not-permitted", refusals[action]);
    letIn.toDesign(request, caller);
  }

  async function asAccount(request: Request): Promise<SignedIn> {
    const account = await accounts.signedIn(request);
    if (account === null) throw new RequestProblem("sign-in-needed", "Sign in first.");
    letIn.asAccount(request, account);
    return account;
  }

  async function toWorkspace(request: Request, needed: WorkspaceRole): Promise<void> {
    const account = await asAccount(request);
    const workspace = pathId(request, "workspace");
    const member = await membership(store.db, workspace, account);
    if (member === null) throw new RequestProblem("not-found", "No workspace of yours is here.");
    const { role } = member;
    if (needed === "admin" && role !== "admin") {
      throw new RequestProblem("not-permitted", "Only those who administer the workspace may do that.");
    }
    letIn.toWorkspace(request, { workspace, role, account });
  }

  async function check(request: Request, access: Access): Promise<void> {
    switch (access.kind) {
      case "anybody":
        return;
      case "design":
        await toDesign(request, access.action);
        return;
      case "account":
        await asAccount(request);
        return;
      case "workspace":
        await toWorkspace(request, access.role);
    }
  }

  return {
    guards: (access) =>
      access.kind === "anybody"
        ? []
        : [
            notStored,
            async (request, _response, next) => {
              await check(request, access);
              next();
            },
          ],
  };
}

/** What is told to somebody alone is kept by no cache. */
export const notStored: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "no-store");
  next();
};

const refusals = {
  view: "This link or account may not read the design.",
  comment: "This link or account may read the design, not comment on it.",
  approve: "Only an approver may approve or ask for changes: who writes a design does not sign it.",
  withdraw: "Only an approver or the owner may take a decision back.",
  save: "This link or account may not save revisions: that takes an editor or the owner.",
  manage: "Only the owner may do that.",
} as const satisfies Record<DesignAction, string>;

/** The token of `Authorization: Bearer …`; null where the request has none. One of another form opens nothing. */
export function bearerToken(request: Request): string | null {
  const header = request.get("authorization");
  if (header === undefined) return null;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!tokenSchema.safeParse(token).success || token === undefined) throw nothingHere();
  return token;
}

/** The design that the path names. */
export function designOfPath(request: Request): string {
  const { design } = request.params;
  const read = designIdSchema.safeParse(design);
  if (!read.success) throw nothingHere();
  return read.data;
}
