import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { crashRounds } from "../bench/crash-rounds.ts";
import { traceProblem, traceSave } from "../bench/trace-save.ts";

// Many more rounds: `node apps/api/bench/crash.ts`.
test("SQLite: a service that is killed while it saves has kept every save that it acknowledged", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-crash-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const figures = await crashRounds({ HAUBERK_DATA: folder, HAUBERK_DATABASE_URL: "" }, 3, null);
  expect(figures).toMatchObject({ rounds: 3, lost: 0, notOpened: 0, endedThemselves: 0 });
  expect(figures.acknowledged).toBeGreaterThan(0);
});

const skipped = postgresProblem === null ? "" : ` (${postgresProblem})`;

test.skipIf(postgresProblem !== null)(`PostgreSQL: so it has where that is killed too${skipped}`, async () => {
  const cluster = await startPostgresCluster();
  onTestFinished(() => cluster.stop());
  const variables = { HAUBERK_DATABASE_URL: await cluster.newDatabase() };
  const figures = await crashRounds(variables, 3, () => cluster.crash());
  expect(figures).toMatchObject({ rounds: 3, lost: 0, notOpened: 0, endedThemselves: 0 });
  expect(figures.acknowledged).toBeGreaterThan(0);
});

test.skipIf(traceProblem !== null)(
  `a save is on the disk before it is answered (${traceProblem ?? "strace"})`,
  async () => {
    const { lines, inOrder } = await traceSave();
    expect([inOrder, lines]).toEqual([true, expect.anything()]);
  },
);
