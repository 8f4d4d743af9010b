import { configPath, designStore, shortName, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Gives the file in the editor another install name. */
export const renameFile: Action = {
  id: "rename-file",
  title: ({ activePath }) => (activePath === null ? "Rename the file…" : `Rename ${shortName(activePath)}…`),
  keys: [],
  group: "Design",
  enabled: ({ activePath }) => activePath !== null && activePath !== configPath,
  why: ({ activePath }) => (activePath === configPath ? "hauberk.json keeps its name" : "no file is open"),
  perform: () => {
    const { activePath } = designStore.getState();
    if (activePath !== null) workbenchStore.getState().openDialog({ kind: "rename-file", path: activePath });
  },
};

/** Takes the file in the editor out of the design. */
export const deleteFile: Action = {
  id: "delete-file",
  title: ({ activePath }) => (activePath === null ? "Delete the file" : `Delete ${shortName(activePath)}`),
  keys: [],
  group: "Design",
  also: "remove",
  enabled: ({ activePath }) => activePath !== null && activePath !== configPath,
  why: ({ activePath }) => (activePath === configPath ? "hauberk.json belongs to every design" : "no file is open"),
  perform: () => {
    const { activePath } = designStore.getState();
    if (activePath !== null) removeFile(activePath);
  },
};

/** Takes a file out of the design, and offers to take that back. */
export function removeFile(path: string): void {
  const state = designStore.getState();
  state.changeFiles(`delete ${shortName(path)}`, [], [path]);
  state.notify("info", `Deleted ${shortName(path)}.`, true);
}
