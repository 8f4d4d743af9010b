import { join } from "node:path";
import { expect, test } from "vitest";
import { revisionHash } from "@hauberk/core/bundle";
import { openStore, restoreBackup, sql, writeBackup } from "@hauberk/store";
import type { Store, StorePlace, TreeFile } from "@hauberk/store";
import { newFolder, onBothStores } from "../../../packages/store/test/both-stores.ts";
import { createTargetRechecks } from "../src/features/verdicts/recheck-targets.ts";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import type { RunningServer } from "../src/server.ts";
import type { EngineAnswer, ValidationEngine } from "../src/validation-engine.ts";
import { saveRevision, verdictsOf } from "./revision-verdicts.ts";
import { saveDesign } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";
import { startStoppableServer } from "./test-server.ts";

/** Waits for the verdicts of a revision. */
async function judged(saved: Saved, revision: number, verdict: string): Promise<void> {
  const said = async () => (await verdictsOf(saved, revision)).verdicts.map((kept) => kept.verdict.verdict);
  await expect.poll(said, { timeout: 30_000 }).toEqual([verdict]);
  await expect.poll(async () => (await verdictsOf(saved, revision)).pending).toBe(false);
}

/** The real engine, which notes the texts that it was asked about. */
function notingEngine(): ValidationEngine & { readonly asked: string[] } {
  const engine = sandboxEngine();
  const asked: string[] = [];
  return {
    asked,
    listTargets: () => engine.listTargets(),
    isolationProblem: () => engine.isolationProblem(),
    async *validate(request, call): AsyncGenerator<EngineAnswer> {
      asked.push(...request.files.map(({ text }) => text));
      yield* engine.validate(request, call);
    },
    standings: (request, call) => engine.standings(request, call),
    policyTree: (id) => engine.policyTree(id),
    compiledPolicy: (sha256) => engine.compiledPolicy(sha256),
    close: () => engine.close(),
  };
}

/** A service on the store in this place, as an operator starts it. */
async function serve(place: StorePlace, engine: ValidationEngine): Promise<RunningServer & { readonly store: Store }> {
  const store = await openStore(place);
  return { ...(await startStoppableServer({ store, engine })), store };
}

/** Where nobody judges, as while the validator is away. */
const awayEngine = async () => sandboxEngine([join((await newFolder()).folder, "none.sock")]);

async function backUp(store: Store): Promise<string> {
  const file = join((await newFolder()).folder, "backup");
  await writeBackup(store, file);
  return file;
}

const treeHash = (files: readonly TreeFile[]) => revisionHash({ name: "", files });

async function restoreInto(place: StorePlace, file: string, replace: boolean): Promise<void> {
  const store = await openStore(place);
  const outcome = await restoreBackup(store, file, { replace, treeHash, pathsProblem: () => null });
  // Nothing waits, or counts as done, of what was there before.
  const kept = "url" in place && replace ? await sql`select id from pgboss.job`.execute(store.db) : { rows: [] };
  await store.close();
  expect(kept.rows).toEqual([]);
  expect(outcome.kind).toBe("restored");
}

const [first, second] = ["profile test { /a r, }\n", "profile test { /a rq, }\n"];

onBothStores(({ kind, newPlace }) => {
  const ways: [string, () => Promise<StorePlace>, () => Promise<StorePlace>][] = [
    ["another of its kind", newPlace, newPlace],
    ["SQLite", newPlace, newFolder],
    ["it from SQLite", newFolder, newPlace],
  ];
  test.each(kind === "sqlite" ? ways.slice(0, 1) : ways)(
    "what waited to be judged is judged after a restore into %s, and after one more over that; nothing is judged twice",
    async (_into, from, to) => {
      const place = await from();
      const judging = await serve(place, sandboxEngine());
      const saved = await saveDesign(judging.url);
      await saveRevision(saved, 1, first, "debian-12");
      await judged(saved, 2, "accepted");
      await judging.stop();
      const away = await serve(place, await awayEngine());
      await saveRevision({ ...saved, url: away.url }, 2, second, "debian-12");
      // What looks for targets that have changed judges only the newest.
      await saveRevision({ ...saved, url: away.url }, 3, second);
      expect(await verdictsOf({ ...saved, url: away.url }, 3)).toEqual({ pending: true, verdicts: [] });
      const file = await backUp(away.store);
      await away.stop();

      const restored = await to();
      for (const replace of [false, true]) {
        await restoreInto(restored, file, replace);
        const engine = notingEngine();
        const server = await serve(restored, engine);
        await judged({ ...saved, url: server.url }, 3, "rejected");
        expect(engine.asked).toEqual([second]);
        const told = server.store.db.selectFrom("events").select("revision").where("kind", "=", "verdicts-known");
        expect(await told.orderBy("number").execute()).toEqual([{ revision: 2 }, { revision: 3 }]);
        await server.stop();
      }
    },
  );

  test("where the job of a target that changed was lost, the newest revision is judged again, and no older one", async () => {
    const place = await newPlace();
    const judging = await serve(place, sandboxEngine());
    const saved = await saveDesign(judging.url);
    await saveRevision(saved, 1, first, "debian-12");
    await saveRevision(saved, 2, second, "debian-12");
    await judged(saved, 2, "accepted");
    await judged(saved, 3, "rejected");
    const engine = notingEngine();
    // The targets are seen now, after they were asked.
    const lost = { add: () => Promise.resolve(), judgeFor: () => Promise.resolve() };
    await createTargetRechecks(judging.store, lost, lost, engine, () => new Date()).look();
    await judging.stop();
    await serve(place, engine);
    await expect.poll(() => engine.asked, { timeout: 30_000 }).toEqual([second]);
  });
});
