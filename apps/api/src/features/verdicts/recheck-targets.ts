import { createHash } from "node:crypto";
import { z } from "zod";
import type { Store } from "@hauberk/store";
import type { JobHandler, JobQueue } from "../../jobs/job-queue.ts";
import type { ValidationEngine } from "../../validation-engine.ts";
import { targetsOf } from "./judge-revisions.ts";
import type { RevisionJudging } from "./judge-revisions.ts";
import { readTexts } from "../revisions/revisions-store.ts";

/** Has every design judged again for a target that is not what it was. */
export interface TargetRechecks {
  /** Compares each usable target with what it was when one looked last, and adds a job for each that has changed. */
  look(): Promise<void>;
  /** Looks soon, and now and then from now on: a validator may come later than this process, or be renewed. */
  watch(failed: (error: unknown) => void): void;
  stop(): void;
  /** Does a job of the kind `recheck-target`: some designs, and a further job for those behind them. */
  readonly recheck: JobHandler;
}

/** So many designs are looked through in one job: between two of them whatever is more urgent goes before. */
const batch = 20;

/** When one looks first, in milliseconds: those who wait for the service to start are served before. */
const lookAfter = 5_000;

/** How often one looks then, in milliseconds. */
const lookEvery = 600_000;

const payloadSchema = z.object({ target: z.string(), since: z.string(), after: z.string() });

type Recheck = z.infer<typeof payloadSchema>;

/** Rechecks of the newest revisions in a store. */
export function createTargetRechecks(
  store: Store,
  jobs: Pick<JobQueue, "add">,
  judging: Pick<RevisionJudging, "judgeFor">,
  engine: Pick<ValidationEngine, "listTargets" | "policyTree">,
  now: () => Date,
): TargetRechecks {
  const add = (trx: Parameters<JobQueue["add"]>[0], payload: Recheck): Promise<void> => {
    const { target, since, after } = payload;
    return jobs.add(trx, { kind: "recheck-target", subject: `${target} ${since} ${after}`, payload });
  };

  /** Notes what a target is now; where it was something else, or unknown, the designs that name it are to be judged. */
  const note = (target: string, fingerprint: string): Promise<void> =>
    store.transaction(async (trx) => {
      const since = now().toISOString();
      const changed = await trx
        .insertInto("seen_targets")
        .values({ target, fingerprint, at: since })
        .onConflict((conflict) =>
          conflict
            .column("target")
            .doUpdateSet({ fingerprint, at: since })
            .where("seen_targets.fingerprint", "!=", fingerprint),
        )
        .returning("target")
        .executeTakeFirst();
      // Of several processes that start at once, one finds it changed.
      if (changed !== undefined) await add(trx, { target, since, after: "" });
    });

  const timers: NodeJS.Timeout[] = [];

  const rechecks: TargetRechecks = {
    watch(failed) {
      const look = (): void => void rechecks.look().catch(failed);
      timers.push(setTimeout(look, lookAfter).unref(), setInterval(look, lookEvery).unref());
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
    async look() {
      for (const { id, usable, parser, kernel, features } of await engine.listTargets()) {
        // `host` is another machine for each validator: what it says is as good as the moment in which it was asked.
        if (!usable || id === "host") continue;
        const tree = await engine.policyTree(id);
        if (tree.kind !== "tree") continue;
        const parts = JSON.stringify([parser, kernel, features, tree.hash]);
        await note(id, createHash("sha256").update(parts).digest("hex"));
      }
    },
    async recheck({ payload, signal }) {
      const { target, since, after } = payloadSchema.parse(payload);
      const designs = await store.db
        .selectFrom("designs")
        .innerJoin("revisions", (join) =>
          join.onRef("revisions.design", "=", "designs.id").onRef("revisions.number", "=", "designs.newest"),
        )
        .select(["designs.id", "revisions.number", "revisions.hash"])
        .where("designs.id", ">", after)
        .orderBy("designs.id")
        .limit(batch)
        .execute();
      for (const { id, number, hash } of designs) {
        const names = targetsOf(await readTexts(store.db, id, hash)).includes(target);
        if (names) await judging.judgeFor({ design: id, number }, new Set([target]), signal);
      }
      const last = designs.at(-1);
      if (last === undefined || designs.length < batch) return;
      await store.transaction((trx) => add(trx, { target, since, after: last.id }));
    },
  };
  return rechecks;
}
