import { revisionFilesSchema } from "@hauberk/contract";
import type { Draft, KeptDraft } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { DesignCaller } from "../../access/callers.ts";
import { nothingHere } from "../../access/design-access.ts";
import { RequestProblem } from "../../problems/request-problem.ts";

/** Unsaved texts, one for each holder of a key, link or account. */
export interface DraftsService {
  /** Null where none is kept. */
  read(caller: DesignCaller): Promise<KeptDraft | null>;
  /** In the place of what the same holder had kept, as far as the draft says that it may be; answers when. */
  keep(caller: DesignCaller, draft: Draft): Promise<string>;
  /** Forgets the draft; with `at` only the one that was kept then. */
  drop(caller: DesignCaller, at: string | undefined): Promise<void>;
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
      if (row === undefined) return null;
      const files = revisionFilesSchema.parse(JSON.parse(row.files.toString("utf8")));
      return { parent: row.parent, files, at: row.at };
    },
    async keep({ design, holder }, { parent, files, replaces }) {
      const bytes = Buffer.from(JSON.stringify(files));
      return store.transaction(async (trx) => {
        const exists = await trx.selectFrom("designs").select("id").where("id", "=", design).executeTakeFirst();
        if (exists === undefined) throw nothingHere();
        const before = await trx
          .selectFrom("drafts")
          .select("at")
          .where("design", "=", design)
          .where("holder", "=", holder)
          .executeTakeFirst();
        const kept = { parent, files: bytes, at: momentAfter(before?.at, now()) };
        const written = await trx
          .insertInto("drafts")
          .values({ design, holder, ...kept })
          .onConflict((conflict) => {
            const same = conflict.columns(["design", "holder"]);
            if (replaces === null) return same.doNothing();
            const replaced = same.doUpdateSet(kept);
            return replaces === undefined ? replaced : replaced.where("drafts.at", "=", replaces);
          })
          .returning("at")
          .executeTakeFirst();
        if (written === undefined) throw newerDraft();
        return written.at;
      });
    },
    async drop({ design, holder }, at) {
      const drop = store.db.deleteFrom("drafts").where("design", "=", design).where("holder", "=", holder);
      await (at === undefined ? drop : drop.where("at", "=", at)).execute();
    },
  };
}

/** Now, or just after the draft before: whoever compares moments sees which is later, whichever process kept them. */
function momentAfter(before: string | undefined, now: Date): string {
  const earliest = before === undefined ? 0 : Date.parse(before) + 1;
  return new Date(Math.max(now.getTime(), earliest)).toISOString();
}

function newerDraft(): RequestProblem {
  return new RequestProblem(
    "newer-draft",
    "Nothing was kept: another draft of yours is there, from another browser. Read it, and go on from it or forget it.",
  );
}
