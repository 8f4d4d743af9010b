import { designRoleSchema, workspaceRoleSchema } from "@hauberk/contract";
import type { DesignRole, WorkspaceRole } from "@hauberk/contract";
import type { Kysely, Tables, Transaction } from "@hauberk/store";
import type { SignedIn } from "./callers.ts";

/** What a member is to a workspace, and to its designs. */
export interface Membership {
  readonly role: WorkspaceRole;
  readonly designs: DesignRole;
}

/** What an account is to a workspace; null: nothing, or there is none. */
export async function membership(
  db: Kysely<Tables>,
  workspace: string,
  { email }: SignedIn,
): Promise<Membership | null> {
  if (email === null) return null;
  const row = await db
    .selectFrom("members")
    .select(["role", "designs"])
    .where("workspace", "=", workspace)
    .where("email", "=", email)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { role: workspaceRoleSchema.parse(row.role), designs: designRoleSchema.parse(row.designs) };
}

/** What an account is to a design by the design's workspace; null: nothing. */
export async function designRoleOf(db: Kysely<Tables>, design: string, account: SignedIn): Promise<DesignRole | null> {
  const row = await db.selectFrom("designs").select("workspace").where("id", "=", design).executeTakeFirst();
  if (row === undefined || row.workspace === null) return null;
  return (await membership(db, row.workspace, account))?.designs ?? null;
}

/** Locks a workspace until the transaction ends, so that changes of it and of its members come one after the other; false: there is none. */
export async function lockWorkspace(trx: Transaction<Tables>, workspace: string): Promise<boolean> {
  const row = await trx
    .updateTable("workspaces")
    .set((eb) => ({ name: eb.ref("name") }))
    .where("id", "=", workspace)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
