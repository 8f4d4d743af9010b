import { currentProblems, designStore, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Goes to the next problem of the list, from the last on to the first. */
export const nextProblem: Action = problemStep("next-problem", "Next problem", "F8", 1);

/** Goes to the problem before. */
export const previousProblem: Action = problemStep("previous-problem", "Previous problem", "Shift+F8", -1);

function problemStep(id: string, title: string, key: string, step: 1 | -1): Action {
  return {
    id,
    title: () => title,
    keys: [key],
    group: "Go to",
    why: () => "there is no problem",
    also: "error warning",
    enabled: () => currentProblems().length > 0,
    perform: () => {
      const problems = currentProblems();
      if (problems.length === 0) return;
      const { problem, setProblem } = workbenchStore.getState();
      const from = problem === null ? (step === 1 ? -1 : 0) : problem;
      const next = (from + step + problems.length) % problems.length;
      setProblem(next);
      goToProblem(next);
    },
  };
}

/** Shows the place of a problem of the list in the text. */
export function goToProblem(index: number): void {
  const problem = currentProblems()[index];
  if (problem?.path === null || problem?.path === undefined || problem.range === null) return;
  designStore.getState().select({ path: problem.path, range: problem.range }, "problem");
}
