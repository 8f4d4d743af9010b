import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows every key of the designer. */
export const showKeys: Action = {
  id: "keys",
  title: () => "All keys…",
  keys: ["?"],
  group: "Help",
  also: "keyboard shortcuts help bindings",
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "keys" }),
};
