import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Lists everything that can be done and every place that can be gone to, to choose from by typing. */
export const openPalette: Action = {
  id: "palette",
  title: () => "Find a command or a place…",
  keys: ["Ctrl+K", "F1"],
  group: "Help",
  also: "command palette search actions",
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "palette", typed: "" }),
};
