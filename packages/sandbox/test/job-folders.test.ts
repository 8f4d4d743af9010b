import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeJobFolder, removeJobFolder, sweepJobFolders } from "../src/job/job-folders.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  vi.stubEnv("TMPDIR", place);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

const namespace = /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "";

function leave(name: string): string {
  mkdirSync(join(place, name));
  writeFileSync(join(place, name, "p"), "");
  return join(place, name);
}

test("a folder of a living process stays, of this one and of another", async () => {
  const own = await makeJobFolder();
  await sweepJobFolders();
  expect(existsSync(own)).toBe(true);
  await removeJobFolder(own);
  expect(existsSync(own)).toBe(false);
});

test("what a process left that is gone, or whose number another one has now, goes", async () => {
  const gone = leave(`hauberk-job-${namespace}-4194305-77-aaaaaa`);
  const numberTaken = leave(`hauberk-job-${namespace}-${process.pid}-1-bbbbbb`);
  await sweepJobFolders();
  expect([existsSync(gone), existsSync(numberTaken)]).toEqual([false, false]);
});

test("what another namespace, or nobody of ours, made stays, and no link is followed", async () => {
  const elsewhere = leave("hauberk-job-1-4194305-77-aaaaaa");
  const other = leave("hauberk-job-notes");
  const target = leave("precious");
  symlinkSync(target, join(place, `hauberk-job-${namespace}-4194305-77-cccccc`));
  const holding = leave(`hauberk-job-${namespace}-4194305-77-dddddd`);
  symlinkSync(target, join(holding, "abstractions"));
  await sweepJobFolders();
  expect([elsewhere, other, join(target, "p")].map((path) => existsSync(path))).toEqual([true, true, true]);
  expect(existsSync(holding)).toBe(false);
});

test("a folder of temporary files that can't be read is no fault", async () => {
  vi.stubEnv("TMPDIR", join(place, "nowhere"));
  await expect(sweepJobFolders()).resolves.toBeUndefined();
});
