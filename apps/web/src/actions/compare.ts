import { designStore, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows what differs from the imported text, the last bundle, or an earlier step. */
export const compare: Action = {
  id: "compare",
  title: () => "Compare with before…",
  keys: ["Alt+C"],
  group: "Design",
  also: "diff difference changes revert take back",
  enabled: ({ id }) => id !== null,
  why: () => "no design is open",
  perform: () => workbenchStore.getState().openDialog({ kind: "compare", path: designStore.getState().activePath }),
};
