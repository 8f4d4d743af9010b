import { workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Shows what the bundle will hold, and hands it over. */
export const downloadBundle: Action = {
  id: "download-bundle",
  title: () => "Download bundle…",
  keys: ["Ctrl+S"],
  enabled: ({ id }) => id !== null,
  perform: () => workbenchStore.getState().openDialog({ kind: "download" }),
  group: "Design",
  why: () => "no design is open",
  also: "export archive zip tar save",
};
