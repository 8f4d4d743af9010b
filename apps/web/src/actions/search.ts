import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Looks through the design and the policy of the target. */
export const search: Action = {
  id: "search",
  title: () => "Search design and target…",
  keys: ["Ctrl+Shift+F"],
  group: "Go to",
  also: "find grep path rules abstractions everywhere",
  enabled: (design) => design.id !== null,
  why: () => "no design is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "search", text: null }),
};
