import { designStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Takes the last step back, and says which. */
export const undo: Action = {
  id: "undo",
  title: ({ history }) => {
    const step = history.past.at(-1);
    return step === undefined ? "Nothing to undo" : `Undo: ${step.label}`;
  },
  keys: ["Ctrl+Z"],
  enabled: ({ history }) => history.past.length > 0,
  perform: () => designStore.getState().undo(),
  group: "Edit",
  why: () => "nothing was changed yet",
};
