import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Offers whole designs for usual services to begin with. */
export const startFromExample: Action = {
  id: "start-from-example",
  title: () => "Start from an example…",
  keys: [],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "gallery", point: null }),
  group: "Design",
  also: "gallery template starting point new design",
};
