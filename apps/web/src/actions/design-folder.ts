import { designStore, workbenchStore } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Opens a folder that holds a design: `hauberk.json` beside `apparmor.d`. */
export const openFolder: Action = {
  id: "open-folder",
  title: () => "Open a design’s folder…",
  keys: ["Ctrl+Shift+O"],
  group: "Design",
  also: "directory import load repository git",
  enabled: () => true,
  perform: () => workbenchStore.getState().askForFolder(),
};

/** Writes the design as a folder, into one that the person chooses where the browser can, else as a .zip of it. */
export const saveFolder: Action = {
  id: "save-folder",
  title: () => "Save the design as a folder…",
  keys: ["Ctrl+Shift+S"],
  group: "Design",
  also: "directory export write disk repository git zip",
  enabled: ({ id }) => id !== null,
  why: () => "no design is open",
  perform: () => {
    void import("../persistence/design-folder.ts")
      .then(({ saveDesignFolder }) => saveDesignFolder())
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        designStore.getState().notify("bad", `The folder could not be written: ${why}`);
      });
  },
};
