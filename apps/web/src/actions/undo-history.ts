import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Lists the steps that were made, to go back or forth over several at once. */
export const undoHistory: Action = {
  id: "history",
  title: () => "History of steps…",
  keys: ["Alt+Z"],
  group: "Edit",
  also: "undo redo list jump",
  enabled: ({ history }) => history.past.length + history.future.length > 0,
  why: () => "nothing was changed yet",
  perform: () => workbenchStore.getState().openDialog({ kind: "history" }),
};
