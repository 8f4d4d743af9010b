import type { FileView, ProfileView } from "@hauberk/core/design";
import type { EditOutcome } from "@hauberk/core/edit";
import type { TextRange } from "@hauberk/core/text";
import { useCallback } from "react";
import { useStore } from "zustand";
import type { DesignState, Selection } from "./design-state.ts";
import { createDesignStore, type DesignStore } from "./design-store.ts";
import { type ConfigReading, configReading, fileView, fileViews, profileOf } from "./file-views.ts";

/** The store of this page. */
export const designStore: DesignStore = createDesignStore();

/** A part of the open design's state; renders again when that part changes. */
export function useDesign<T>(part: (state: DesignState) => T): T {
  return useStore(designStore, part);
}

/** The typed view of one file of the design; null where there is none (or it is `hauberk.json`). */
export function useFileView(path: string | null): FileView | null {
  return useStore(designStore, (state) => fileView(state.texts, path));
}

/** The typed views of all policy files, in the order of their paths. */
export function useFileViews(): readonly FileView[] {
  return useStore(designStore, (state) => fileViews(state.texts));
}

/** The active file's view; null where it is `hauberk.json` or no design is open. */
export function useActiveFile(): FileView | null {
  return useStore(designStore, (state) => fileView(state.texts, state.activePath));
}

/** The profile that the panels show and its file. Both are of one parse. */
export function useActiveProfile(): { readonly file: FileView; readonly profile: ProfileView } | null {
  const file = useActiveFile();
  const ref = useDesign((state) => state.activeProfile);
  const profile = profileOf(file, ref);
  return file === null || profile === null ? null : { file, profile };
}

/** What `hauberk.json` says; null where the design has none. */
export function useConfig(): ConfigReading | null {
  return useStore(designStore, (state) => configReading(state.texts));
}

/** Makes an edit's outcome, as one undoable step; a no is told by a notice. Returns whether it was done. */
export function useApply(): (outcome: EditOutcome) => boolean {
  return useCallback((outcome: EditOutcome) => designStore.getState().apply(outcome), []);
}

/** The selected rule (or place), and how a panel selects one: the editor then reveals it. */
export function useSelection(): readonly [Selection | null, (path: string, range: TextRange | null) => void] {
  const selection = useDesign((state) => state.selection);
  const select = useCallback((path: string, range: TextRange | null) => {
    designStore.getState().select(range === null ? null : { path, range }, "panel");
  }, []);
  return [selection, select];
}
