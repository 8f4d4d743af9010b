import { designStore, fileView, profileOf, refOf } from "../store/index.ts";

/** Shows a profile of the design in the panels, by its file and its full name `parent//child`, and its head in the text. */
export function openProfile(path: string, fullName: string): void {
  const state = designStore.getState();
  const file = fileView(state.texts, path);
  if (file === null) return;
  const names = fullName.split("//");
  const profile = profileOf(file, { path, names, indexes: [] });
  if (profile === null) return;
  state.setActiveProfile(refOf(file, profile));
  const { start, end } = profile.node;
  state.select({ path, range: { start, end: profile.body?.start ?? end } }, "outline");
}
