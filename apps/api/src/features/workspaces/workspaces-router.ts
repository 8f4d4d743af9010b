import type { Request, RequestHandler } from "express";
import { emailSchema, endpoints, memberChangeSchema, newWorkspaceSchema } from "@hauberk/contract";
import { accountCaller, workspaceCaller } from "../../access/callers.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { readBody } from "../../requests/json-body.ts";
import type { Route } from "../../routes.ts";
import type { MembersService } from "./members-service.ts";
import type { WorkspacesService } from "./workspaces-service.ts";

/**
 * `/api/v1/workspaces` and all below.
 *
 * @param body reads a small body.
 * @param changed called when a member's place may have become another: who is let in no more shall hear no more.
 */
export function workspacesRoutes(
  workspaces: WorkspacesService,
  members: MembersService,
  body: readonly RequestHandler[],
  changed: () => Promise<void>,
): Route[] {
  return [
    {
      endpoint: endpoints.listWorkspaces,
      handlers: [async (request, response) => void response.json(await workspaces.list(accountCaller(request)))],
    },
    {
      endpoint: endpoints.createWorkspace,
      handlers: [
        ...body,
        async (request, response) => {
          const wanted = readBody(request, newWorkspaceSchema);
          response.status(201).json(await workspaces.create(accountCaller(request), wanted));
        },
      ],
    },
    {
      endpoint: endpoints.deleteWorkspace,
      handlers: [
        async (request, response) => {
          await workspaces.remove(workspaceCaller(request));
          response.status(204).end();
        },
      ],
    },
    {
      endpoint: endpoints.workspaceDesigns,
      handlers: [async (request, response) => void response.json(await workspaces.designs(workspaceCaller(request)))],
    },
    {
      endpoint: endpoints.listMembers,
      handlers: [async (request, response) => void response.json(await members.list(workspaceCaller(request)))],
    },
    {
      endpoint: endpoints.setMember,
      handlers: [
        ...body,
        async (request, response) => {
          const change = readBody(request, memberChangeSchema);
          const member = await members.set(workspaceCaller(request), emailOfPath(request), change);
          await changed();
          response.json(member);
        },
      ],
    },
    {
      endpoint: endpoints.removeMember,
      handlers: [
        async (request, response) => {
          await members.remove(workspaceCaller(request), emailOfPath(request));
          await changed();
          response.status(204).end();
        },
      ],
    },
  ];
}

/** The address of a member that the path names, in small letters. */
function emailOfPath(request: Request): string {
  const { email } = request.params;
  const read = emailSchema.safeParse(email);
  if (!read.success)
    throw new RequestProblem("invalid-request", "The path names no e-mail address, as `ada@example.org`.");
  return read.data;
}
