import { type PanelId, panelKeys, panels, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** One action per panel: shows it and gives it the keys. */
export const goToPanel: readonly Action[] = panels.map(({ id, title }, index) => ({
  id: `panel-${id}`,
  title: () => `Show ${title}`,
  keys: [panelKeys(index)],
  group: "Go to",
  why: () => "no design is open",
  also: "panel tab",
  enabled: (design) => design.id !== null,
  perform: () => showPanel(id),
}));

/** Shows a panel and focuses its tab, from where Tab leads into it. */
export function showPanel(id: PanelId): void {
  workbenchStore.getState().setPanel(id);
  requestAnimationFrame(() => {
    const tab = document.querySelector('[role="tablist"][aria-label="Panels"] [role="tab"][aria-selected="true"]');
    if (tab instanceof HTMLElement) tab.focus();
  });
}
