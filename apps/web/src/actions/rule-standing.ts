import { configPath, designStore, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Tells what the rule at an offset of a file comes to on each target. */
export function openRuleStanding(path: string, offset: number): void {
  workbenchStore.getState().openDialog({ kind: "rule-standing", path, offset });
}

/** Tells what the chosen rule, or the one at the cursor, comes to on each target. */
export const ruleStandingHere: Action = {
  id: "rule-standing",
  title: () => "What the rule comes to on each target",
  keys: ["Alt+S"],
  group: "Rules",
  also: "standing enforced widened dropped rejected release why mark",
  enabled: ({ selection }) => selection !== null && selection.path !== configPath,
  why: () => "no rule is chosen",
  perform: () => {
    const { selection } = designStore.getState();
    if (selection !== null) openRuleStanding(selection.path, selection.range.start);
  },
};
