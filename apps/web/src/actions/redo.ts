import { designStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Makes the step again that was taken back last, and says which. */
export const redo: Action = {
  id: "redo",
  title: ({ history }) => {
    const step = history.future.at(-1);
    return step === undefined ? "Nothing to redo" : `Redo: ${step.label}`;
  },
  keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
  enabled: ({ history }) => history.future.length > 0,
  perform: () => designStore.getState().redo(),
  group: "Edit",
  why: () => "nothing was undone",
};
