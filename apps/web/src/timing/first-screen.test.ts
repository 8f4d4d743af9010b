import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});

afterEach(() => void vi.useRealTimers());

const fresh = () => import("./first-screen.ts");

test("what can wait is done in its order once the first screen stands, and once only", async () => {
  const { afterFirstScreen, firstScreenStands } = await fresh();
  const done: string[] = [];
  afterFirstScreen(() => done.push("checks"));
  afterFirstScreen(() => done.push("service worker"));
  expect(done).toEqual([]);
  firstScreenStands();
  firstScreenStands();
  expect(done).toEqual(["checks", "service worker"]);
});

test("what comes after the first screen is done at once", async () => {
  const { afterFirstScreen, firstScreenStands } = await fresh();
  firstScreenStands();
  const task = vi.fn<() => void>();
  afterFirstScreen(task);
  expect(task).toHaveBeenCalledOnce();
});

test("what was called off is not done", async () => {
  const { afterFirstScreen, firstScreenStands } = await fresh();
  const task = vi.fn<() => void>();
  afterFirstScreen(task)();
  firstScreenStands();
  expect(task).not.toHaveBeenCalled();
});

test("an editor that never comes holds nothing up for ever", async () => {
  const { afterFirstScreen } = await fresh();
  const task = vi.fn<() => void>();
  afterFirstScreen(task);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(task).toHaveBeenCalledOnce();
});
