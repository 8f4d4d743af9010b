import type { IncludeView } from "@hauberk/core/design";
import { designStore, fileView, profileOf } from "../../store/index.ts";
import type { IncludeScope } from "./includes-model.ts";

/** Where includes are ticked, as the store has it at this moment: for event handlers. */
export function scopeNow(): IncludeScope | null {
  const state = designStore.getState();
  const file = fileView(state.texts, state.activePath);
  return file === null ? null : { file, profile: profileOf(file, state.activeProfile) };
}

/** The includes of the profile, or of a file that holds none. */
export function includesOfScope({ file, profile }: IncludeScope): readonly IncludeView[] {
  return profile === null ? file.includes : profile.includes;
}
