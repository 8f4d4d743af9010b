import type { DesignFile } from "@hauberk/core/design";
import type { EditOutcome } from "@hauberk/core/edit";

import type { Editing } from "../../panel/use-edit.ts";
import { configPath, designStore } from "../../store/index.ts";

/** Makes a change of `hauberk.json`, or says at the place why not. */
export function changeConfig(editing: Editing, at: string, change: (file: DesignFile) => EditOutcome): boolean {
  const text = designStore.getState().texts.get(configPath);
  if (text === undefined) {
    editing.refuse(at, "The design has no `hauberk.json` to keep peers in.");
    return false;
  }
  return editing.perform(at, change({ path: configPath, text }));
}
