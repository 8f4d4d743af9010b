import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Opens a design of the service by its owner's key or a link. */
export const openSaved: Action = {
  id: "open-saved",
  title: () => "Open a saved design…",
  keys: [],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "open-saved" }),
  group: "Design",
  also: "key link server review",
};
