import { expect, onTestFinished, test } from "vitest";
import { endpoints, savedDesignLimits } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { createTargetRechecks } from "../src/features/verdicts/recheck-targets.ts";
import { createRevisionJudging } from "../src/features/verdicts/judge-revisions.ts";
import { storeJobs } from "../src/jobs/store-jobs.ts";
import { createDesignChanges } from "../src/saved-designs/design-changes.ts";
import type { EngineAnswer, ValidationEngine } from "../src/validation-engine.ts";
import { saveRevision, verdictsOf } from "./revision-verdicts.ts";
import { callSaved, saveDesign } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";
import { postValidation, startTestServer, validationOf } from "./test-server.ts";

/** The verdicts of a revision once all of them are there. */
async function settled(saved: Saved, revision: number): Promise<[string, string][]> {
  await expect.poll(async () => (await verdictsOf(saved, revision)).pending, { timeout: 30_000 }).toBe(false);
  return (await verdictsOf(saved, revision)).verdicts.map(({ verdict }) => [verdict.target, verdict.verdict]);
}

const now = (): Date => new Date();

const told = async (store: Store): Promise<(number | null)[]> => {
  const events = store.db.selectFrom("events").select("revision").where("kind", "=", "verdicts-known");
  return (await events.orderBy("number").execute()).map(({ revision }) => revision);
};

onBothStores(({ open }) => {
  test("the targets of each saved revision are asked, and their history tells of it once", async () => {
    const store = await open();
    const saved = await saveDesign(await startTestServer({ store }));
    await saveRevision(saved, 1, "profile test { /a r, }\n", "debian-12", "debian-13");
    await saveRevision(saved, 2, "profile test { /a rq, }\n", "debian-12", "no-such-target");
    expect((await verdictsOf(saved, 2)).pending).toBe(true);
    expect(await settled(saved, 2)).toEqual([
      ["debian-12", "accepted"],
      ["debian-13", "accepted"],
    ]);
    expect(await settled(saved, 3)).toEqual([
      ["debian-12", "rejected"],
      ["no-such-target", "undecided"],
    ]);
    expect(await settled(saved, 1)).toEqual([]);
    expect(await told(store)).toEqual([2, 3]);
    const answer = await callSaved(saved, endpoints.revisionVerdicts, { parts: { revision: "4" } });
    expect(answer.status).toBe(404);
    // A design that goes takes its verdicts along.
    await callSaved(saved, endpoints.deleteDesign);
    expect(await store.db.selectFrom("verdicts").selectAll().execute()).toEqual([]);
  });
});

/** The real engine, whose policy trees can be told apart from what they were; notes which targets it was asked for. */
function changingEngine(): ValidationEngine & { hash: string; asked: string[] } {
  const engine = sandboxEngine();
  onTestFinished(() => engine.close());
  return {
    hash: "first",
    asked: [],
    listTargets: () => engine.listTargets(),
    isolationProblem: () => engine.isolationProblem(),
    async *validate(request, call): AsyncGenerator<EngineAnswer> {
      this.asked.push(...request.targets);
      yield* engine.validate(request, call);
    },
    standings: (request, call) => engine.standings(request, call),
    async policyTree(id) {
      const tree = await engine.policyTree(id);
      return tree.kind === "tree" && id === "debian-12" ? { ...tree, hash: this.hash } : tree;
    },
    compiledPolicy: (sha256) => engine.compiledPolicy(sha256),
    close: () => engine.close(),
  };
}

onBothStores(({ open }) => {
  test("where a target has changed, the newest revisions that name it are judged again, and no others", async () => {
    const store = await open();
    const engine = changingEngine();
    const url = await startTestServer({ store, engine, rateLimits: { designsPerMinute: 100 } });
    const saves: Saved[] = [];
    // More than one job looks through.
    for (let index = 0; index < 22; index++) saves.push(await saveDesign(url));
    const [first, second] = saves;
    if (first === undefined || second === undefined) throw new Error("nothing was saved");
    await saveRevision(first, 1, "profile test { /a r, }\n", "debian-12", "debian-13");
    await saveRevision(second, 1, "profile test { /a r, }\n", "debian-13");
    await settled(first, 2);
    await settled(second, 2);
    const before = await verdictsOf(first, 2);

    const failures: unknown[] = [];
    const reports = {
      done: () => undefined,
      failed: (_kind: string, error: unknown) => failures.push(error),
      storeFailed: (error: unknown) => failures.push(error),
    };
    const notices = {
      tell: () => Promise.resolve(),
      kept: () => undefined,
      tellOfAll: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    const changes = createDesignChanges(store, notices, () => Promise.resolve(), savedDesignLimits);
    const jobs = storeJobs(store, reports);
    onTestFinished(() => jobs.stop());
    const judging = createRevisionJudging(store, changes, engine, now);
    const rechecks = createTargetRechecks(store, jobs, judging, engine, now);
    const idle = async () => {
      await expect.poll(() => jobs.counts()).toEqual({ waiting: 0, underWay: 0, failed: 0 });
    };
    await jobs.work({ "judge-revision": judging.judge, "recheck-target": rechecks.recheck });
    // What nobody knew yet counts as changed.
    await rechecks.look();
    await idle();
    engine.asked.length = 0;
    await Promise.all([rechecks.look(), rechecks.look()]);
    await idle();
    expect(engine.asked).toEqual([]);

    engine.hash = "second";
    await Promise.all([rechecks.look(), rechecks.look()]);
    await idle();
    expect(engine.asked).toEqual(["debian-12"]);
    expect(failures).toEqual([]);
    const after = await verdictsOf(first, 2);
    expect(after.verdicts.map(({ verdict }) => verdict)).toEqual(before.verdicts.map(({ verdict }) => verdict));
    expect(after.verdicts.every(({ at }, index) => at > (before.verdicts[index]?.at ?? ""))).toBe(true);
    // Nothing new was said, and the first revision names no target: the history tells of the second alone.
    const events = store.db.selectFrom("events").select("revision").where("kind", "=", "verdicts-known");
    expect(await events.where("design", "=", first.id).orderBy("number").execute()).toEqual([{ revision: 2 }]);
  });
});

test("whoever asks at once is answered while hundreds of jobs wait", async () => {
  const url = await startTestServer({ rateLimits: { designsPerMinute: 1000 } });
  const saved = await saveDesign(url);
  for (let number = 1; number <= 40; number++) {
    await saveRevision(saved, number, `profile test { /a${number} r, }\n`, "debian-12", "debian-13", "debian-sid");
  }
  expect((await verdictsOf(saved, 41)).pending).toBe(true);
  for (let round = 0; round < 3; round++) {
    const answer = await postValidation(url, validationOf(`profile p { /b${round} r, }\n`));
    expect(answer.text).toContain('"verdict":"accepted"');
  }
  expect((await verdictsOf(saved, 41)).pending).toBe(true);
});
