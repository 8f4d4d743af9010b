import { savedKeys } from "../persistence/saved-keys.ts";
import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Saves the design on the service: nothing of it is there before. */
export const saveAndShare: Action = {
  id: "save-and-share",
  title: ({ id }) => (id === null || savedKeys.of(id) === null ? "Save and share…" : "Save a revision…"),
  keys: ["Alt+U"],
  enabled: ({ id }) => id !== null,
  perform: () => workbenchStore.getState().openDialog({ kind: "save" }),
  group: "Design",
  why: () => "no design is open",
  also: "upload server publish revision commit cloud",
};
