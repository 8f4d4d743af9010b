import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows the design as it goes on paper, and prints it. */
export const print: Action = {
  id: "print",
  title: () => "Print…",
  keys: ["Ctrl+P"],
  group: "Design",
  also: "paper pdf page",
  enabled: ({ id }) => id !== null,
  why: () => "no design is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "print" }),
};
