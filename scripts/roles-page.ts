/**
 * The written matrix of roles, docs/roles.md, made of what the service itself asks: `node scripts/roles-page.ts` writes it.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  type Access,
  type DesignAction,
  designActions,
  designRoles,
  type Endpoint,
  endpoints,
  roleMay,
  workspaceRoles,
} from "../packages/contract/src/index.ts";
import { openapi } from "../packages/contract/src/openapi.ts";

/** Where the page is. */
export const rolesPagePath = fileURLToPath(new URL("../docs/roles.md", import.meta.url));

const actionWords: Readonly<Record<DesignAction, string>> = {
  view: "read it, follow it live, download its bundle where the gate is open",
  comment: "comment, reply, suggest changes, settle threads; delete their own comments",
  approve: "approve or ask for changes, bound to the bytes that were read",
  withdraw: "take back a decision: an approver their own, the owner any",
  save: "save revisions and keep drafts",
  manage: "links, the key, the gate, the name; delete any comment, or the design",
};

const described = openapi();
const operation = z.object({ summary: z.string() });

/** What an endpoint does, as the service's own description says. */
function summaryOf({ method, path }: Endpoint): string {
  const item: unknown = described.paths?.[path];
  return operation.parse(z.record(z.string(), z.unknown()).parse(item)[method]).summary;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function callOf(endpoint: Endpoint): string {
  return `\`${endpoint.method.toUpperCase()} ${endpoint.path}\`: ${summaryOf(endpoint)}`;
}

/** The calls that an access opens, a line each. */
function calls(fits: (access: Access) => boolean): string {
  return Object.values<Endpoint>(endpoints)
    .filter(({ access }) => fits(access))
    .map((endpoint) => `- ${callOf(endpoint)}`)
    .join("\n");
}

const cell = (may: boolean): string => (may ? "yes" : "no");

function designCalls(action: DesignAction): string {
  return `**${action}**\n\n${calls((access) => access.kind === "design" && access.action === action)}`;
}

/** An admin may do what a member may. */
function workspaceRows(): string[][] {
  return Object.values<Endpoint>(endpoints).flatMap((endpoint) => {
    const { access } = endpoint;
    if (access.kind !== "workspace") return [];
    const may = workspaceRoles.map((role) => cell(role === "admin" || access.role === "member"));
    return [[callOf(endpoint), "no", ...may]];
  });
}

/** The page as it has to be. */
export function rolesPage(): string {
  const designRows = designActions.map((action) => [
    `**${action}**: ${actionWords[action]}`,
    ...designRoles.map((role) => cell(roleMay(role, action))),
  ]);
  return `# Who may do what

The service asks by these tables, and this page is made of them (\`node scripts/roles-page.ts\`). Every cell has its test, the "no"
cells too, on both stores: \`apps/api/test/roles.test.ts\` for designs, \`workspaces.test.ts\` for workspaces. Both are made of the table of
routes, so that a route without its cells fails.

## A saved design

Somebody is *owner* by the edit key, *viewer*, *commenter*, *approver* or *editor* by a link that says so, or what the workspace of the design says
of them as a member. Whoever has none of these is told that nothing is here. Whoever writes a design does not sign it: neither editor nor owner approves.

${table(["Action", ...designRoles], designRows)}

What else stands against a call, whatever the role: a revoked link or one past its time, a passphrase not given, a link for members only; an approval of
bytes that the same account or link has saved; a bundle while the gate is closed. When a link's time is over, or a member's role changes, what they
decided before stands; when the link is revoked or the member removed, it counts no more.

${designActions.map(designCalls).join("\n\n")}

## A workspace

With accounts only. An *admin* manages members and what each of them is to its designs; nobody can take away the last admin.

${table(["Call", "stranger", ...workspaceRoles], workspaceRows())}

## Anybody, and any account

Whoever reaches the service may ask the parsers and save a new design, within its limits:

${calls((access) => access.kind === "anybody")}

Whoever is signed in:

${calls((access) => access.kind === "account")}
`;
}

if (import.meta.main) writeFileSync(rolesPagePath, rolesPage());
