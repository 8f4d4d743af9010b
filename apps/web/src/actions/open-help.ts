import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows all help, at the panel that is open. */
export const openHelp: Action = {
  id: "help",
  title: () => "Help",
  keys: ["Alt+H"],
  enabled: () => true,
  perform: () => {
    const state = workbenchStore.getState();
    state.openDialog({ kind: "help", topic: state.panel });
  },
  group: "Help",
  also: "manual documentation what is this explain",
};
