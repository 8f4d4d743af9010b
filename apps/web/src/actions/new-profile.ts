import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Asks for a name and a program, and writes a profile for it. */
export const newProfile: Action = {
  id: "new-profile",
  title: () => "New profile…",
  keys: ["Alt+N"],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "new-profile" }),
  group: "Design",
};
