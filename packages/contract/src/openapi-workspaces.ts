import type { ZodOpenApiPathsObject } from "zod-openapi";
import { idSchema } from "./designs.ts";
import { endpoints } from "./endpoints.ts";
import { changing, everywhere, problems, withBody } from "./openapi-problems.ts";
import type { ProblemId } from "./problem.ts";
import {
  emailSchema,
  memberChangeSchema,
  memberListSchema,
  memberSchema,
  newWorkspaceSchema,
  workspaceDesignsSchema,
  workspaceListSchema,
  workspaceSchema,
} from "./workspaces.ts";
import type { Member, MemberChange, NewWorkspace, Workspace, WorkspaceDesigns } from "./workspaces.ts";
import { z } from "./zod.ts";

const at = "2026-11-29T08:00:00.000Z";

const workspaceExample: Workspace = { id: "k3mWc4sTn8Qe5yHdXw2ZzA", name: "packagers", at, role: "admin" };

const memberExample: Member = { email: "ada@example.org", name: "Ada", role: "admin", designs: "owner", at };

const designsExample: WorkspaceDesigns = [{ id: "x2dQ8Jm5T1uYk7RbVn0sAw", name: "rustnet", at, changed: at }];

const ofAccount: readonly ProblemId[] = [...everywhere, "sign-in-needed", "store-away"];

const ofMembers: readonly ProblemId[] = [...ofAccount, "not-found"];

const ofAdmins: readonly ProblemId[] = [...ofMembers, ...changing, "not-permitted"];

const inPath = z.object({ workspace: idSchema });

const memberInPath = inPath.extend({ email: emailSchema });

/** Workspaces and their members. */
export const workspacePaths: ZodOpenApiPathsObject = {
  [endpoints.listWorkspaces.path]: {
    get: {
      operationId: "listWorkspaces",
      tags: ["accounts"],
      summary: "The workspaces that you are a member of",
      responses: {
        200: {
          description: "By name.",
          content: { "application/json": { schema: workspaceListSchema, example: [workspaceExample] } },
        },
        ...problems(ofAccount),
      },
    },
    post: {
      operationId: "createWorkspace",
      tags: ["accounts"],
      summary: "Make a workspace, whose first admin you are",
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: newWorkspaceSchema,
            example: { name: "packagers" } satisfies NewWorkspace,
          },
        },
      },
      responses: {
        201: {
          description: "The workspace.",
          content: { "application/json": { schema: workspaceSchema, example: workspaceExample } },
        },
        ...problems([...ofAccount, ...withBody, "not-permitted", "limit-reached"]),
      },
    },
  },
  [endpoints.deleteWorkspace.path]: {
    delete: {
      operationId: "deleteWorkspace",
      tags: ["accounts"],
      summary: "Delete a workspace that owns no design",
      requestParams: { path: inPath },
      responses: { 204: { description: "It is gone." }, ...problems([...ofAdmins, "workspace-not-empty"]) },
    },
  },
  [endpoints.workspaceDesigns.path]: {
    get: {
      operationId: "workspaceDesigns",
      tags: ["accounts"],
      summary: "The designs of a workspace",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "Latest changed first.",
          content: { "application/json": { schema: workspaceDesignsSchema, example: designsExample } },
        },
        ...problems(ofMembers),
      },
    },
  },
  [endpoints.listMembers.path]: {
    get: {
      operationId: "listMembers",
      tags: ["accounts"],
      summary: "The members of a workspace",
      requestParams: { path: inPath },
      responses: {
        200: {
          description: "By e-mail address.",
          content: { "application/json": { schema: memberListSchema, example: [memberExample] } },
        },
        ...problems(ofMembers),
      },
    },
  },
  [endpoints.setMember.path]: {
    put: {
      operationId: "setMember",
      tags: ["accounts"],
      summary: "Make somebody a member, or change what they are",
      description: "They need not have signed in yet: whoever does with this address, proven by the provider, is it.",
      requestParams: { path: memberInPath },
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: memberChangeSchema,
            example: { role: "member", designs: "approver" } satisfies MemberChange,
          },
        },
      },
      responses: {
        200: {
          description: "The member as they are now.",
          content: { "application/json": { schema: memberSchema, example: memberExample } },
        },
        ...problems([...ofMembers, ...withBody, "not-permitted", "limit-reached", "last-admin"]),
      },
    },
    delete: {
      operationId: "removeMember",
      tags: ["accounts"],
      summary: "End a membership",
      requestParams: { path: memberInPath },
      responses: { 204: { description: "They are no member any more." }, ...problems([...ofAdmins, "last-admin"]) },
    },
  },
};
