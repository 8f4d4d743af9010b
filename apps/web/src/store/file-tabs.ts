import { createStore } from "zustand/vanilla";
import { useStore } from "zustand";
import { designStore } from "./hooks.ts";

interface FileTabs {
  /** The files that have a tab, in their order. Some may be gone from the design: undo brings them back. */
  readonly paths: readonly string[];
}

/** Which files have a tab above the text. */
export const fileTabs = createStore<FileTabs>()(() => ({ paths: [] }));

/** The files that have a tab. */
export function useFileTabs(): readonly string[] {
  return useStore(fileTabs, ({ paths }) => paths);
}

const key = (design: string) => `hauberk.tabs.${design}`;

function keep(paths: readonly string[]): void {
  fileTabs.setState({ paths });
  const { id } = designStore.getState();
  if (id === null) return;
  try {
    localStorage.setItem(key(id), JSON.stringify(paths));
  } catch {
    // Without storage the tabs hold for this page.
  }
}

function kept(design: string): readonly string[] {
  try {
    const paths: unknown = JSON.parse(localStorage.getItem(key(design)) ?? "[]");
    return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
  } catch {
    return [];
  }
}

designStore.subscribe((state, before) => {
  if (state.id !== before.id) fileTabs.setState({ paths: state.id === null ? [] : kept(state.id) });
  const { activePath } = state;
  if (activePath === null || (activePath === before.activePath && state.id === before.id)) return;
  const { paths } = fileTabs.getState();
  if (!paths.includes(activePath)) keep(withTab(paths, activePath, before.activePath));
});

/** The tabs with one more, behind the one that was shown. */
function withTab(paths: readonly string[], path: string, behind: string | null): readonly string[] {
  const at = behind === null ? -1 : paths.indexOf(behind);
  return at === -1 ? [...paths, path] : [...paths.slice(0, at + 1), path, ...paths.slice(at + 1)];
}

/** The tabs of files that the design has now. */
export function shownTabs(): readonly string[] {
  const { texts } = designStore.getState();
  return fileTabs.getState().paths.filter((path) => texts.has(path));
}

/** Closes a file's tab; the file stays in the design. The one beside it is shown then. The last one stays. */
export function closeTab(path: string): void {
  const shown = shownTabs();
  const at = shown.indexOf(path);
  if (at === -1 || shown.length < 2) return;
  const next = shown[at + 1] ?? shown[at - 1];
  if (designStore.getState().activePath === path && next !== undefined) designStore.getState().setActivePath(next);
  keep(fileTabs.getState().paths.filter((other) => other !== path));
}

/** Closes all tabs but one. */
export function closeOtherTabs(path: string): void {
  designStore.getState().setActivePath(path);
  keep([path]);
}

/** Puts a file's tab before another one; null puts it last. */
export function moveTab(path: string, before: string | null): void {
  const rest = fileTabs.getState().paths.filter((other) => other !== path);
  const at = before === null ? -1 : rest.indexOf(before);
  keep(at === -1 ? [...rest, path] : [...rest.slice(0, at), path, ...rest.slice(at)]);
}

/** Puts a file's tab a place to the left or right. */
export function shiftTab(path: string, step: 1 | -1): void {
  const shown = shownTabs();
  const at = shown.indexOf(path);
  if (at === -1 || shown[at + step] === undefined) return;
  moveTab(path, (step === -1 ? shown[at - 1] : shown[at + 2]) ?? null);
}
