import { designRoleSchema, workspaceLimits, workspaceRoleSchema } from "@hauberk/contract";
import type { Member, MemberChange } from "@hauberk/contract";
import type { Kysely, Store, Tables, Transaction } from "@hauberk/store";
import type { WorkspaceCaller } from "../../access/callers.ts";
import { lockWorkspace } from "../../access/members.ts";
import { RequestProblem } from "../../problems/request-problem.ts";

/** Members of a workspace, by their e-mail addresses in small letters. */
export interface MembersService {
  /** By e-mail address. */
  list(caller: WorkspaceCaller): Promise<Member[]>;
  /** Makes somebody a member, or changes what they are. */
  set(caller: WorkspaceCaller, email: string, change: MemberChange): Promise<Member>;
  /** From now on they are none. */
  remove(caller: WorkspaceCaller, email: string): Promise<void>;
}

/** Members in a store. Nobody can leave a workspace without somebody who administers it. */
export function createMembersService(store: Store, now: () => Date): MembersService {
  return {
    list: ({ workspace }) => read(store.db, workspace),
    set: ({ workspace }, email, change) =>
      store.transaction(async (trx) => {
        const at = now().toISOString();
        const members = await locked(trx, workspace);
        const known = members.find((member) => member.email === email);
        if (known === undefined && members.length >= workspaceLimits.members) {
          throw new RequestProblem("limit-reached", `A workspace has at most ${workspaceLimits.members} members.`);
        }
        if (change.role !== "admin") requireOtherAdmin(members, email);
        const { role, designs } = change;
        await trx
          .insertInto("members")
          .values({ workspace, email, role, designs, at })
          .onConflict((conflict) => conflict.columns(["workspace", "email"]).doUpdateSet({ role, designs }))
          .execute();
        return { email, name: await nameOf(trx, email), role, designs, at: known?.at ?? at };
      }),
    remove: ({ workspace }, email) =>
      store.transaction(async (trx) => {
        const members = await locked(trx, workspace);
        if (members.every((member) => member.email !== email)) {
          throw new RequestProblem("not-found", "The workspace has no such member.");
        }
        requireOtherAdmin(members, email);
        await trx.deleteFrom("members").where("workspace", "=", workspace).where("email", "=", email).execute();
      }),
  };
}

/** The refusal where the workspace was deleted a moment ago. */
export function workspaceGone(): RequestProblem {
  return new RequestProblem("not-found", "No workspace of yours is here.");
}

/** The members as they are until the transaction ends. */
async function locked(trx: Transaction<Tables>, workspace: string): Promise<Tables["members"][]> {
  if (!(await lockWorkspace(trx, workspace))) throw workspaceGone();
  return trx.selectFrom("members").selectAll().where("workspace", "=", workspace).execute();
}

/** Somebody must be left who can let others in: neither the last admin's removal nor their lowering is taken. */
function requireOtherAdmin(members: readonly Tables["members"][], email: string): void {
  const admins = members.filter(({ role }) => role === "admin");
  if (admins.length === 1 && admins[0]?.email === email) {
    throw new RequestProblem("last-admin", "Nobody else administers the workspace: make somebody else an admin first.");
  }
}

async function read(db: Kysely<Tables>, workspace: string): Promise<Member[]> {
  const rows = await db.selectFrom("members").selectAll().where("workspace", "=", workspace).orderBy("email").execute();
  const emails = rows.map(({ email }) => email);
  const accounts =
    emails.length === 0
      ? []
      : await db
          .selectFrom("accounts")
          .select(["email", "name"])
          .where("email", "in", emails)
          .orderBy("seen")
          .execute();
  // Of several accounts with one address the one that was here last.
  const names = new Map(accounts.map(({ email, name }) => [email, name]));
  return rows.map(({ email, role, designs, at }) => ({
    email,
    name: names.get(email) ?? null,
    role: workspaceRoleSchema.parse(role),
    designs: designRoleSchema.parse(designs),
    at,
  }));
}

async function nameOf(trx: Transaction<Tables>, email: string): Promise<string | null> {
  const row = await trx
    .selectFrom("accounts")
    .select("name")
    .where("email", "=", email)
    .orderBy("seen", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.name ?? null;
}
