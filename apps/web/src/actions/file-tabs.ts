import { closeTab, designStore, shownTabs } from "../store/index.ts";
import type { KeyNotes } from "../ui/index.ts";
import type { Action } from "./action.ts";

/** What a file's tab heeds. */
export const fileTabKeyNotes: KeyNotes = {
  region: "Tabs of files above the text",
  notes: [
    { keys: ["ArrowLeft", "ArrowRight"], does: "Go to the tab beside" },
    { keys: ["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"], does: "Move the tab" },
    { keys: ["Delete"], does: "Close the tab" },
  ],
};

const many = () => shownTabs().length > 1;
const one = () => "only one file is open";

function step(by: 1 | -1): void {
  const shown = shownTabs();
  const state = designStore.getState();
  const at = state.activePath === null ? -1 : shown.indexOf(state.activePath);
  const next = shown[(at + by + shown.length) % shown.length];
  if (next !== undefined) state.setActivePath(next);
}

/** The tabs above the text by keys; Ctrl+Tab and Ctrl+W are the browser's own. */
export const fileTabActions: readonly Action[] = [
  {
    id: "next-tab",
    title: () => "Next open file",
    keys: ["Alt+PageDown"],
    group: "Go to",
    also: "tab",
    enabled: many,
    why: one,
    perform: () => step(1),
  },
  {
    id: "previous-tab",
    title: () => "Previous open file",
    keys: ["Alt+PageUp"],
    group: "Go to",
    also: "tab",
    enabled: many,
    why: one,
    perform: () => step(-1),
  },
  {
    id: "close-tab",
    title: () => "Close this file’s tab",
    keys: ["Alt+W"],
    group: "View",
    enabled: many,
    why: one,
    perform: () => {
      const { activePath } = designStore.getState();
      if (activePath !== null) closeTab(activePath);
    },
  },
];
