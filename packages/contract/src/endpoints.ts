import type { Access, DesignAction, WorkspaceRole } from "./access.ts";

const anybody: Access = { kind: "anybody" };
const account: Access = { kind: "account" };
const on = (action: DesignAction): Access => ({ kind: "design", action });
const within = (role: WorkspaceRole): Access => ({ kind: "workspace", role });

const design = "/api/v1/designs/{design}";
const workspace = "/api/v1/workspaces/{workspace}";

/** Where the service answers, and whom. `{…}` stands for a part of the path that the caller fills in. */
export const endpoints = {
  listTargets: { method: "get", path: "/api/v1/targets", access: anybody },
  targetPolicy: { method: "get", path: "/api/v1/targets/{id}/policy", access: anybody },
  validate: { method: "post", path: "/api/v1/validations", access: anybody },
  standings: { method: "post", path: "/api/v1/standings", access: anybody },
  compiledPolicy: { method: "get", path: "/api/v1/compiled/{sha256}", access: anybody },
  openapi: { method: "get", path: "/api/v1/openapi.json", access: anybody },
  health: { method: "get", path: "/healthz", access: anybody },
  readiness: { method: "get", path: "/readyz", access: anybody },

  createDesign: { method: "post", path: "/api/v1/designs", access: anybody },
  design: { method: "get", path: design, access: on("view") },
  changeDesign: { method: "patch", path: design, access: on("manage") },
  deleteDesign: { method: "delete", path: design, access: on("manage") },
  listRevisions: { method: "get", path: `${design}/revisions`, access: on("view") },
  saveRevision: { method: "post", path: `${design}/revisions`, access: on("save") },
  revision: { method: "get", path: `${design}/revisions/{revision}`, access: on("view") },
  revisionVerdicts: { method: "get", path: `${design}/revisions/{revision}/verdicts`, access: on("view") },
  draft: { method: "get", path: `${design}/draft`, access: on("save") },
  keepDraft: { method: "put", path: `${design}/draft`, access: on("save") },
  dropDraft: { method: "delete", path: `${design}/draft`, access: on("save") },
  listLinks: { method: "get", path: `${design}/links`, access: on("manage") },
  createLink: { method: "post", path: `${design}/links`, access: on("manage") },
  revokeLink: { method: "delete", path: `${design}/links/{link}`, access: on("manage") },
  replaceKey: { method: "post", path: `${design}/key`, access: on("manage") },
  // The link's own token lets in, even where everything else asks for the passphrase first.
  unlock: { method: "post", path: `${design}/unlock`, access: anybody },
  listComments: { method: "get", path: `${design}/comments`, access: on("view") },
  comment: { method: "post", path: `${design}/comments`, access: on("comment") },
  resolveComment: { method: "post", path: `${design}/comments/{comment}/resolution`, access: on("comment") },
  deleteComment: { method: "delete", path: `${design}/comments/{comment}`, access: on("comment") },
  listApprovals: { method: "get", path: `${design}/approvals`, access: on("view") },
  decide: { method: "post", path: `${design}/approvals`, access: on("approve") },
  withdrawDecision: { method: "delete", path: `${design}/approvals/{approval}`, access: on("withdraw") },
  listBundles: { method: "get", path: `${design}/bundles`, access: on("view") },
  recordBundle: { method: "post", path: `${design}/bundles`, access: on("view") },
  history: { method: "get", path: `${design}/history`, access: on("view") },
  events: { method: "get", path: `${design}/events`, access: on("view") },

  account: { method: "get", path: "/api/v1/account", access: anybody },
  signIn: { method: "get", path: "/auth/login", access: anybody },
  signInAnswer: { method: "get", path: "/auth/callback", access: anybody },
  signOut: { method: "post", path: "/auth/logout", access: anybody },
  listWorkspaces: { method: "get", path: "/api/v1/workspaces", access: account },
  createWorkspace: { method: "post", path: "/api/v1/workspaces", access: account },
  deleteWorkspace: { method: "delete", path: workspace, access: within("admin") },
  workspaceDesigns: { method: "get", path: `${workspace}/designs`, access: within("member") },
  listMembers: { method: "get", path: `${workspace}/members`, access: within("member") },
  setMember: { method: "put", path: `${workspace}/members/{email}`, access: within("admin") },
  removeMember: { method: "delete", path: `${workspace}/members/{email}`, access: within("admin") },
} as const satisfies Record<string, Endpoint>;

/** A method and a path of the service, and whom it lets in. */
export interface Endpoint {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly access: Access;
}

/** The media type of an answer that comes line by line: each line is one JSON value. */
export const lineDelimitedJson = "application/x-ndjson";
