import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Takes a profile's text from wherever the person has it. */
export const pasteProfile: Action = {
  id: "paste-profile",
  title: () => "Paste a profile…",
  keys: ["Alt+V"],
  enabled: () => true,
  perform: () => workbenchStore.getState().openDialog({ kind: "paste" }),
  group: "Design",
};
