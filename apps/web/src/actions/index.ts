import type { Action } from "./action.ts";
import { allDesigns } from "./all-designs.ts";
import { downloadBundle } from "./download-bundle.ts";
import { goToPanel } from "./go-to-panel.ts";
import { pressed } from "./keys.ts";
import { newProfile } from "./new-profile.ts";
import { nextProblem, previousProblem } from "./next-problem.ts";
import { nextRegion, previousRegion } from "./next-region.ts";
import { openFiles } from "./open-files.ts";
import { pasteProfile } from "./paste-profile.ts";
import { redo } from "./redo.ts";
import { toggleTheme } from "./toggle-theme.ts";
import { undo } from "./undo.ts";
import { designStore, workbenchStore } from "../store/index.ts";

export type { Action } from "./action.ts";
export { shownKeys } from "./keys.ts";
export { goToProblem } from "./next-problem.ts";
export { isDark } from "./toggle-theme.ts";
export {
  allDesigns,
  downloadBundle,
  newProfile,
  nextProblem,
  openFiles,
  pasteProfile,
  previousProblem,
  redo,
  toggleTheme,
  undo,
};

/** Every action, in the order of a list of them. */
export const actions: readonly Action[] = [
  undo,
  redo,
  newProfile,
  pasteProfile,
  openFiles,
  allDesigns,
  downloadBundle,
  nextProblem,
  previousProblem,
  nextRegion,
  previousRegion,
  ...goToPanel,
  toggleTheme,
];

/**
 * Begins to heed the actions' keys. Text fields keep their own undo while there is text in them; Monaco leads its keys
 * to the store itself.
 */
export function startShortcuts(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || workbenchStore.getState().dialog !== null) return;
    const action = actions.find((candidate) => candidate.keys.some((keys) => pressed(event, keys)));
    if (action === undefined) return;
    if ((action === undo || action === redo) && isTextAtHand(event.target)) return;
    event.preventDefault();
    if (action.enabled(designStore.getState())) action.perform();
  });
}

/** A field with text of its own to undo; a box to tick, or the empty line for the next path, has none. */
function isTextAtHand(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.value !== "";
  return target instanceof HTMLInputElement && target.type !== "checkbox" && target.value !== "";
}
