import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endpoints, readinessSchema } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import { serviceLog } from "../src/service-log.ts";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { crashRounds } from "../bench/crash-rounds.ts";
import { traceProblem, traceSave } from "../bench/trace-save.ts";
import { callSaved, saveDesign } from "./saved-design.ts";
import { problemOf, send, startTestServer } from "./test-server.ts";

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
  const url = await cluster.newDatabase();
  const figures = await crashRounds({ HAUBERK_DATABASE_URL: url }, 2, () => cluster.crash()).catch(async (error) => {
    await cluster.stop();
    throw error;
  });
  const store = await openStore({ url });
  const log: string[] = [];
  const logger = serviceLog("info", { write: (line: string) => void log.push(line) });
  const saved = await saveDesign(await startTestServer({ store, logger }));
  await cluster.stop();
  expect(figures).toMatchObject({ rounds: 2, lost: 0, notOpened: 0, endedThemselves: 0 });
  expect(figures.acknowledged).toBeGreaterThan(0);

  // While it is away the service says so, and goes on with all that needs no store.
  const away = await callSaved(saved, endpoints.design);
  expect([problemOf(away).type, away.headers["retry-after"]]).toEqual(["/problems/store-away", "5"]);
  const readiness = await send(saved.url, "/readyz");
  expect([readiness.status, readinessSchema.parse(JSON.parse(readiness.text)).why]).toEqual([
    503,
    "Saved designs can't be reached: the store doesn't answer.",
  ]);
  expect((await send(saved.url, "/api/v1/openapi.json")).status).toBe(200);
  // Each line tells what failed, and nothing of the connection that it failed on.
  const told = log.filter((line) => line.includes('"err":'));
  expect(told.length).toBeGreaterThan(0);
  for (const line of told) expect(line).not.toMatch(/"client":|secretKey|connectionParameters/);
});

test.skipIf(traceProblem !== null)(
  `a save is on the disk before it is answered (${traceProblem ?? "strace"})`,
  async () => {
    const { lines, inOrder } = await traceSave();
    expect([inOrder, lines]).toEqual([true, expect.anything()]);
  },
);
