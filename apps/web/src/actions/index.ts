import type { Action } from "./action.ts";
import { compare } from "./compare.ts";
import { deleteFile, renameFile } from "./active-file.ts";
import { allDesigns } from "./all-designs.ts";
import { draft, showOrigins } from "./draft.ts";
import { openFolder, saveFolder } from "./design-folder.ts";
import { downloadBundle } from "./download-bundle.ts";
import { explainDesign } from "./explain-design.ts";
import { formatFile } from "./format-file.ts";
import { fileTabActions, fileTabKeyNotes } from "./file-tabs.ts";
import { goToPanel } from "./go-to-panel.ts";
import { pressed } from "./keys.ts";
import { newFile } from "./new-file.ts";
import { newProfile } from "./new-profile.ts";
import { nextProblem, previousProblem } from "./next-problem.ts";
import { nextRegion, previousRegion } from "./next-region.ts";
import { openHelp } from "./open-help.ts";
import { openFiles } from "./open-files.ts";
import { openReview } from "./open-review.ts";
import { openSaved } from "./open-saved.ts";
import { openPalette } from "./open-palette.ts";
import { pasteProfile } from "./paste-profile.ts";
import { profileParts } from "./profile-parts.ts";
import { print } from "./print.ts";
import { redo } from "./redo.ts";
import { ruleCommands } from "./rule-commands.ts";
import { ruleStandingHere } from "./rule-standing.ts";
import { saveAndShare } from "./save-and-share.ts";
import { search } from "./search.ts";
import { shareLinks } from "./share-links.ts";
import { showKeys } from "./show-keys.ts";
import { startFromExample } from "./start-from-example.ts";
import { startTour } from "./start-tour.ts";
import { textCommands } from "./text-commands.ts";
import { toggleTheme } from "./toggle-theme.ts";
import { undo } from "./undo.ts";
import { undoHistory } from "./undo-history.ts";
import { whatShips } from "./what-ships.ts";
import { designStore, workbenchStore } from "../store/index.ts";

export type { Action, ActionGroup } from "./action.ts";
export { removeFile } from "./active-file.ts";
export { showPanel } from "./go-to-panel.ts";
export { keysHere, shownKeys } from "./keys.ts";
export { goToProblem } from "./next-problem.ts";
export { askWhere, copyPick, copyText, cutPick, pasteHere } from "./rule-commands.ts";
export { openRuleStanding } from "./rule-standing.ts";
export { isDark } from "./toggle-theme.ts";
export {
  allDesigns,
  fileTabKeyNotes,
  compare,
  draft,
  downloadBundle,
  explainDesign,
  newFile,
  newProfile,
  nextProblem,
  openFiles,
  openFolder,
  openHelp,
  openPalette,
  openReview,
  openSaved,
  pasteProfile,
  previousProblem,
  redo,
  ruleStandingHere,
  saveAndShare,
  saveFolder,
  shareLinks,
  showKeys,
  startFromExample,
  startTour,
  toggleTheme,
  undo,
  undoHistory,
  whatShips,
};

/** Every action, in the order of a list of them. */
export const actions: readonly Action[] = [
  openPalette,
  undo,
  redo,
  undoHistory,
  ...ruleCommands,
  ruleStandingHere,
  ...profileParts,
  newProfile,
  startFromExample,
  draft,
  newFile,
  pasteProfile,
  openFiles,
  openFolder,
  renameFile,
  deleteFile,
  allDesigns,
  openSaved,
  saveAndShare,
  shareLinks,
  openReview,
  downloadBundle,
  saveFolder,
  whatShips,
  compare,
  print,
  showOrigins,
  search,
  nextProblem,
  previousProblem,
  nextRegion,
  previousRegion,
  ...goToPanel,
  ...fileTabActions,
  ...textCommands,
  formatFile,
  toggleTheme,
  showKeys,
  openHelp,
  startTour,
  explainDesign,
];

/** Does the action of that name; where it can't be done now, a notice says why. False where it was not done. */
export function runAction(id: string): boolean {
  const action = actions.find((candidate) => candidate.id === id);
  const state = designStore.getState();
  if (action === undefined) return false;
  if (action.enabled(state)) {
    action.perform();
    return true;
  }
  const why = action.why?.(state);
  if (why !== undefined) state.notify("info", `${action.title(state)}: ${why}.`);
  return false;
}

/**
 * Begins to heed the actions' keys. Text fields keep their own undo while there is text in them; Monaco leads its keys
 * to the store itself.
 */
export function startShortcuts(): void {
  addEventListener("keydown", (event) => {
    // They are the designer's: a page of a review has none of its own.
    if (location.pathname !== "/") return;
    if (event.defaultPrevented || workbenchStore.getState().dialog !== null) return;
    const action = actions.find(({ keys, where }) => where === undefined && keys.some((each) => pressed(event, each)));
    if (action === undefined) return;
    if ((action === undo || action === redo) && isTextAtHand(event.target)) return;
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && isWritten(event.target)) return;
    event.preventDefault();
    if (action.enabled(designStore.getState())) action.perform();
  });
}

/** What the menus need of a few actions: by name. */
export function actionOf(id: string): Action | undefined {
  return actions.find((candidate) => candidate.id === id);
}

/** A field with text of its own to undo; a box to tick, or the empty line for the next path, has none. */
function isTextAtHand(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.value !== "";
  return target instanceof HTMLInputElement && target.type !== "checkbox" && target.value !== "";
}

/** True where a plain letter is typed as text, or chooses from a list. */
function isWritten(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select, [role="textbox"]');
}
