import type { Fix } from "@hauberk/core/text";
import { currentProblems, designStore, findingsStore, fixFits, type Problem } from "../../store/index.ts";

/** How long a fix that was pressed waits for the checks, in milliseconds. */
const patience = 5000;

/**
 * Makes a fix. Where the text has changed since it was made, the checks are looking at it again: the same fix of the same
 * problem is made as soon as they are done, and none where the problem is gone by then.
 */
export function applyFix(problem: Problem, fix: Fix): void {
  if (appliedNow(problem, fix)) return;
  const { texts } = designStore.getState();
  const stop = findingsStore.subscribe(({ lint }) => {
    const again = currentProblems().find(
      ({ code, path, message }) => code === problem.code && path === problem.path && message === problem.message,
    );
    const sameFix = again?.fixes.find(({ title }) => title === fix.title);
    const done = again !== undefined && sameFix !== undefined && appliedNow(again, sameFix);
    if (done || lint?.texts === texts) end();
  });
  const timer = setTimeout(stop, patience);
  const end = () => {
    clearTimeout(timer);
    stop();
  };
}

function appliedNow(problem: Problem, fix: Fix): boolean {
  const state = designStore.getState();
  return fixFits(fix, problem.texts, state.texts) && state.applyEdits(fix.title, fix.edits);
}
