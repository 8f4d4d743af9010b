import {
  type Account,
  accountSchema,
  endpoints,
  type Member,
  type MemberChange,
  memberListSchema,
  type Workspace,
  type WorkspaceDesigns,
  workspaceDesignsSchema,
  workspaceListSchema,
  workspaceSchema,
} from "@hauberk/contract";
import { queryOptions } from "@tanstack/react-query";
import { callService } from "../problem-answer.ts";
import { pathOf } from "../saved/design-call.ts";

/** Everything that is known of accounts and workspaces lies below this key. */
export const accountsKey = ["accounts"] as const;

const asJson = { accept: "application/json" };

async function read(path: string, signal: AbortSignal): Promise<unknown> {
  return (await callService(path, { headers: asJson, signal })).json();
}

/** Who is signed in, and how one can. */
export const accountQuery = queryOptions<Account>({
  queryKey: [...accountsKey, "account"],
  queryFn: async ({ signal }) => accountSchema.parse(await read(endpoints.account.path, signal)),
});

/** The workspaces that the account is a member of. */
export const workspacesQuery = queryOptions<Workspace[]>({
  queryKey: [...accountsKey, "workspaces"],
  queryFn: async ({ signal }) => workspaceListSchema.parse(await read(endpoints.listWorkspaces.path, signal)),
});

/** The members of a workspace. */
export function membersQuery(workspace: string) {
  return queryOptions<Member[]>({
    queryKey: [...accountsKey, "members", workspace],
    queryFn: async ({ signal }) =>
      memberListSchema.parse(await read(pathOf(endpoints.listMembers, { workspace }), signal)),
  });
}

/** The designs of a workspace. */
export function workspaceDesignsQuery(workspace: string) {
  return queryOptions<WorkspaceDesigns>({
    queryKey: [...accountsKey, "designs", workspace],
    queryFn: async ({ signal }) =>
      workspaceDesignsSchema.parse(await read(pathOf(endpoints.workspaceDesigns, { workspace }), signal)),
  });
}

/** Makes a workspace, whose first admin is the account. */
export async function createWorkspace(name: string): Promise<Workspace> {
  const { method, path } = endpoints.createWorkspace;
  return workspaceSchema.parse(await (await send(method, path, { name })).json());
}

/** Makes somebody a member, or changes what they are. */
export async function setMember(workspace: string, email: string, change: MemberChange): Promise<void> {
  const { method } = endpoints.setMember;
  await send(method, pathOf(endpoints.setMember, { workspace, email }), change);
}

/** Ends a membership. */
export async function removeMember(workspace: string, email: string): Promise<void> {
  const { method } = endpoints.removeMember;
  await send(method, pathOf(endpoints.removeMember, { workspace, email }));
}

/** Signs out. */
export async function signOut(): Promise<void> {
  await send(endpoints.signOut.method, endpoints.signOut.path);
}

/** The path of this tab's page from which somebody went to sign in, for the page that says that it failed. */
const wayBackKey = "hauberk.sign-in";

/** Where one signs in, to come back to this page: without what stands behind `#`, which no server is to know. */
export function signInAddress(): string {
  return addressBackTo(location.pathname + location.search);
}

/** Somebody goes to sign in from this page. */
export function keepWayBack(): void {
  try {
    sessionStorage.setItem(wayBackKey, location.pathname + location.search);
  } catch {
    // Then the designer is where they come back to.
  }
}

/** Where one signs in once more, to come back to the page from which it was tried first. */
export function signInAgainAddress(): string {
  try {
    return addressBackTo(sessionStorage.getItem(wayBackKey) ?? "/");
  } catch {
    return addressBackTo("/");
  }
}

function addressBackTo(path: string): string {
  return `${endpoints.signIn.path}?to=${encodeURIComponent(path)}`;
}

function send(method: string, path: string, body?: unknown): Promise<Response> {
  return callService(path, {
    method: method.toUpperCase(),
    headers: { ...asJson, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
