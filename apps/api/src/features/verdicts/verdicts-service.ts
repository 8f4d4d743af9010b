import type { RevisionVerdicts } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { DesignCaller } from "../../access/callers.ts";
import type { JobQueue } from "../../jobs/job-queue.ts";
import { RequestProblem } from "../../problems/request-problem.ts";
import { judgeSubject } from "./judge-revisions.ts";
import { readVerdicts } from "./verdicts-store.ts";

/** What the targets said of revisions. */
export interface VerdictsService {
  read(caller: DesignCaller, number: number): Promise<RevisionVerdicts>;
}

/** Verdicts in a store, and those that its jobs will find. */
export function createVerdictsService(store: Store, jobs: JobQueue): VerdictsService {
  return {
    async read({ design }, number) {
      const revision = await store.db
        .selectFrom("revisions")
        .select("hash")
        .where("design", "=", design)
        .where("number", "=", number)
        .executeTakeFirst();
      if (revision === undefined) throw new RequestProblem("not-found", "The design has no revision of this number.");
      // Asked first: what is known when nothing is pending any more is all that there will be.
      const pending = await jobs.isPending("judge-revision", judgeSubject(design, number));
      return { pending, verdicts: await readVerdicts(store.db, design, revision.hash) };
    },
  };
}
