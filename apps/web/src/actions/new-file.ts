import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Asks for the name of a further file: an abstraction or a tunable. */
export const newFile: Action = {
  id: "new-file",
  title: () => "New file…",
  keys: [],
  group: "Design",
  also: "abstraction tunable",
  enabled: ({ id }) => id !== null,
  why: () => "no design is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "new-file" }),
};
