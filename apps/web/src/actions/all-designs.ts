import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows the designs kept in this browser. */
export const allDesigns: Action = {
  id: "all-designs",
  title: () => "Designs in this browser…",
  keys: ["Alt+O"],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "designs" }),
  group: "Design",
  also: "switch recent",
};
