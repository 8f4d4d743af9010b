import { reviewLimits, workspaceLimits, workspaceRoleSchema } from "@hauberk/contract";
import type { NewWorkspace, Workspace, WorkspaceDesigns } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { SignedIn, WorkspaceCaller } from "../../access/callers.ts";
import { lockWorkspace } from "../../access/members.ts";
import { newId } from "../../access/secrets.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { workspaceGone } from "./members-service.ts";

/** Workspaces as a whole. */
export interface WorkspacesService {
  /** Those that the account is a member of, by name. */
  list(account: SignedIn): Promise<Workspace[]>;
  /** Makes one whose only member, and admin, is the account. */
  create(account: SignedIn, workspace: NewWorkspace): Promise<Workspace>;
  /** Deletes it; refuses while it has designs. */
  remove(caller: WorkspaceCaller): Promise<void>;
  /** Its designs, latest changed first. */
  designs(caller: WorkspaceCaller): Promise<WorkspaceDesigns>;
}

/** Workspaces in a store. */
export function createWorkspacesService(store: Store, now: () => Date): WorkspacesService {
  return {
    list: (account) => list(store, account),
    async create(account, { name }) {
      const { email } = account;
      if (email === null) {
        throw new RequestProblem(
          "not-permitted",
          "Members are known by their e-mail addresses, and nobody vouches for one of this account.",
        );
      }
      const mine = await list(store, account);
      if (mine.filter(({ role }) => role === "admin").length >= workspaceLimits.administered) {
        throw new RequestProblem(
          "limit-reached",
          `One account administers at most ${workspaceLimits.administered} workspaces: delete one first.`,
        );
      }
      const [id, at] = [newId(), now().toISOString()];
      await store.transaction(async (trx) => {
        await trx.insertInto("workspaces").values({ id, name, at }).execute();
        const row = { workspace: id, email, role: "admin", designs: "owner", at };
        await trx.insertInto("members").values(row).execute();
      });
      return { id, name, at, role: "admin" };
    },
    async remove({ workspace }) {
      await store.transaction(async (trx) => {
        if (!(await lockWorkspace(trx, workspace))) throw workspaceGone();
        const design = await trx
          .selectFrom("designs")
          .select("id")
          .where("workspace", "=", workspace)
          .limit(1)
          .executeTakeFirst();
        if (design !== undefined) {
          throw new RequestProblem(
            "workspace-not-empty",
            "The workspace still owns designs, and they would go with it. Delete those first that nobody needs.",
          );
        }
        await trx.deleteFrom("workspaces").where("id", "=", workspace).execute();
      });
      await store.forget();
    },
    designs: ({ workspace }) =>
      store.db
        .selectFrom("designs")
        .select(["id", "name", "at", "changed"])
        .where("workspace", "=", workspace)
        .orderBy("changed", "desc")
        .orderBy("id")
        .limit(reviewLimits.listed)
        .execute(),
  };
}

async function list(store: Store, { email }: SignedIn): Promise<Workspace[]> {
  if (email === null) return [];
  const rows = await store.db
    .selectFrom("members")
    .innerJoin("workspaces", "workspaces.id", "members.workspace")
    .select(["workspaces.id", "workspaces.name", "workspaces.at", "members.role"])
    .where("members.email", "=", email)
    .orderBy("workspaces.name")
    .orderBy("workspaces.id")
    .limit(reviewLimits.listed)
    .execute();
  return rows.map(({ role, ...row }) => ({ ...row, role: workspaceRoleSchema.parse(role) }));
}
