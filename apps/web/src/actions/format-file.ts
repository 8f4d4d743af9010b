import { formatFile as format, type EditOutcome } from "@hauberk/core/edit";
import { configPath, designStore, fileView, shortName } from "../store/index.ts";
import type { Action } from "./action.ts";

/** Writes the file in the editor in one style: only white space changes. */
export const formatFile: Action = {
  id: "format-file",
  title: ({ activePath }) => (activePath === null ? "Format the file" : `Format ${shortName(activePath)}`),
  keys: ["Shift+Alt+F"],
  group: "Text",
  also: "indent tidy pretty white space",
  enabled: ({ activePath }) => activePath !== null && activePath !== configPath,
  why: ({ activePath }) => (activePath === configPath ? "hauberk.json keeps its own formatting" : "no file is open"),
  perform: () => {
    const state = designStore.getState();
    const outcome = formatted();
    if (outcome === null) return;
    if (outcome.ok && outcome.edits.length === 0) state.notify("info", "The file is in this style already.");
    else state.apply(outcome);
  },
};

function formatted(): EditOutcome | null {
  const { activePath, texts } = designStore.getState();
  const file = activePath === null ? null : fileView(texts, activePath);
  return file === null ? null : format(file);
}
