import { expect, test } from "vitest";
import { newFolder } from "../../../packages/store/test/both-stores.ts";
import { runCrowd } from "../bench/team-crowd.ts";

// The load that is promised, 200 reviewers and 50 saves a second for two minutes on both stores, is bench/team-load.ts.
test("while designs are saved and read, every reviewer hears of every change, in order", async () => {
  const figures = await runCrowd(await newFolder(), { seconds: 1, reviewers: 30, savesPerSecond: 24 });
  expect(figures.errors).toEqual([]);
  expect(figures.saves).toBeGreaterThanOrEqual(20);
  expect(figures.events).toBeGreaterThanOrEqual(figures.saves * 10);
});
