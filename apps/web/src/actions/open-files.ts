import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Lets the person choose files: profiles, or a design as an archive. */
export const openFiles: Action = {
  id: "open-files",
  title: () => "Open files…",
  keys: ["Ctrl+O"],
  enabled: () => true,
  perform: () => workbenchStore.getState().askForFiles(),
  group: "Design",
  also: "import load upload",
};
