import { z } from "./zod.ts";

/** What somebody may be to a saved design, by a link, by the owner's key or as a member of its workspace. */
export const designRoles = ["viewer", "commenter", "approver", "editor", "owner"] as const;

/** The roles that a link may carry; the owner's key is no link. */
export const linkRoles = ["viewer", "commenter", "approver", "editor"] as const;

/** What can be done with a saved design. Every route about one names the action that it needs. */
export const designActions = ["view", "comment", "approve", "withdraw", "save", "manage"] as const;

/**
 * Who may do what. Approving is nobody's beside the approver's: whoever writes a design shall not sign it, so neither an
 * editor nor the owner can. (An owner can give themselves an approver's link; the history shows it.) An approver takes back what is their own, the owner any decision.
 */
export const rolesOfAction = {
  view: ["viewer", "commenter", "approver", "editor", "owner"],
  comment: ["commenter", "approver", "editor", "owner"],
  approve: ["approver"],
  withdraw: ["approver", "owner"],
  save: ["editor", "owner"],
  manage: ["owner"],
} as const satisfies Record<DesignAction, readonly DesignRole[]>;

/** What somebody may be in a workspace. */
export const workspaceRoles = ["member", "admin"] as const;

/** Whom a route lets in: anybody, whoever has this action on the design, an account, or this role of a workspace. */
export type Access =
  | { readonly kind: "anybody" }
  | { readonly kind: "design"; readonly action: DesignAction }
  | { readonly kind: "account" }
  | { readonly kind: "workspace"; readonly role: WorkspaceRole };

export type DesignRole = (typeof designRoles)[number];
export type LinkRole = (typeof linkRoles)[number];
export type DesignAction = (typeof designActions)[number];
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** Whether the role may do this with a design. */
export function roleMay(role: DesignRole, action: DesignAction): boolean {
  const roles: readonly DesignRole[] = rolesOfAction[action];
  return roles.includes(role);
}

export const designRoleSchema = z.enum(designRoles).meta({
  id: "DesignRole",
  description:
    "`viewer` reads; `commenter` also comments; `approver` also approves; `editor` saves revisions; `owner` manages.",
});
export const linkRoleSchema = z.enum(linkRoles).meta({ id: "LinkRole" });
export const workspaceRoleSchema = z.enum(workspaceRoles).meta({ id: "WorkspaceRole" });
