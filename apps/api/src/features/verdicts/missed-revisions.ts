import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { configPath } from "@hauberk/core/design";
import type { Store } from "@hauberk/store";
import type { JobQueue } from "../../jobs/job-queue.ts";
import { judgeJob, targetsOf } from "./judge-revisions.ts";
import type { RevisionPlace } from "./judge-revisions.ts";
import { targetsToAsk, targetsWithout } from "./verdicts-store.ts";

/** So many revisions are looked at before whoever waits is served. */
const page = 50;

/** A store that could not be asked is asked again after so many milliseconds. */
const askAgainAfter = 5_000;

/**
 * Looks once through all revisions and adds a job for each that lacks a verdict of one of its targets: a backup holds no
 * jobs, and some were given up. Resolves when all were looked at or the signal aborts.
 */
export async function judgeMissedRevisions(
  store: Store,
  jobs: Pick<JobQueue, "add">,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  let after: RevisionPlace | null = { design: "", number: 0 };
  while (after !== null && !signal.aborted) {
    try {
      after = await judgeMissedOf(store, jobs, after);
      await nextTurn();
    } catch (error) {
      failed(error);
      await wait(askAgainAfter, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** The same for a page of revisions; answers with the last of them, or null where there are no more. */
async function judgeMissedOf(
  store: Store,
  jobs: Pick<JobQueue, "add">,
  after: RevisionPlace,
): Promise<RevisionPlace | null> {
  const revisions = await store.db
    .selectFrom("revisions")
    .innerJoin("designs", "designs.id", "revisions.design")
    .innerJoin("trees", (join) =>
      join
        .onRef("trees.design", "=", "revisions.design")
        .onRef("trees.hash", "=", "revisions.hash")
        .on("trees.path", "=", configPath),
    )
    .innerJoin("contents", (join) =>
      join.onRef("contents.design", "=", "trees.design").onRef("contents.hash", "=", "trees.content"),
    )
    .select(["revisions.design", "revisions.number", "revisions.hash", "designs.newest", "contents.bytes"])
    // Of one that holds its settings alone no target says anything.
    .where("revisions.files", ">", 1)
    .where((where) =>
      where.or([
        where("revisions.design", ">", after.design),
        where.and([where("revisions.design", "=", after.design), where("revisions.number", ">", after.number)]),
      ]),
    )
    .orderBy("revisions.design")
    .orderBy("revisions.number")
    .limit(page)
    .execute();
  const missed: RevisionPlace[] = [];
  for (const { design, number, hash, newest, bytes } of revisions) {
    const targets = targetsOf([{ path: configPath, text: bytes.toString("utf8") }]);
    // Only the newest is judged again where a target has changed.
    const lacking = await (number === newest ? targetsToAsk : targetsWithout)(store.db, design, hash, targets);
    if (lacking.length > 0) missed.push({ design, number });
  }
  if (missed.length > 0) {
    await store.transaction(async (trx) => {
      for (const revision of missed) await jobs.add(trx, judgeJob(revision));
    });
  }
  return revisions.length < page ? null : (revisions.at(-1) ?? null);
}
