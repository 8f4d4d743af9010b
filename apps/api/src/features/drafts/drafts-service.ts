import { revisionFilesSchema } from "@hauberk/contract";
import type { Draft, KeptDraft } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { DesignCaller } from "../../access/callers.ts";
import { nothingHere } from "../../access/design-access.ts";
import { RequestProblem } from "../../problems/request-problem.ts";

/** Unsaved texts, one for each holder of a key, link or account. */
export interface DraftsService {
  read(caller: DesignCaller): Promise<KeptDraft>;
  /** In the place of what the same holder had kept; answers when. */
  keep(caller: DesignCaller, draft: Draft): Promise<void>;
  drop(caller: DesignCaller): Promise<void>;
}

/** Drafts in a store. They are nobody's work yet, so no event tells of them. */
export function createDraftsService(store: Store, now: () => Date): DraftsService {
  return {
    async read({ design, holder }) {
      const row = await store.db
        .selectFrom("drafts")
        .selectAll()
        .where("design", "=", design)
        .where("holder", "=", holder)
        .executeTakeFirst();
      if (row === undefined) throw new RequestProblem("not-found", "No draft of yours is kept here.");
      const files = revisionFilesSchema.parse(JSON.parse(row.files.toString("utf8")));
      return { parent: row.parent, files, at: row.at };
    },
    async keep({ design, holder }, draft) {
      const kept = { parent: draft.parent, files: Buffer.from(JSON.stringify(draft.files)), at: now().toISOString() };
      await store.transaction(async (trx) => {
        const exists = await trx.selectFrom("designs").select("id").where("id", "=", design).executeTakeFirst();
        if (exists === undefined) throw nothingHere();
        await trx
          .insertInto("drafts")
          .values({ design, holder, ...kept })
          .onConflict((conflict) => conflict.columns(["design", "holder"]).doUpdateSet(kept))
          .execute();
      });
    },
    async drop({ design, holder }) {
      await store.db.deleteFrom("drafts").where("design", "=", design).where("holder", "=", holder).execute();
    },
  };
}
