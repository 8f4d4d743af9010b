import { type FileView, type ProfileView, readConfig, viewFile, viewFileAgain } from "@hauberk/core/design";
import type { ProfileRef } from "./design-state.ts";
import { configPath } from "./design-state.ts";
import type { Texts } from "./history.ts";

/** What reading `hauberk.json` comes to: its content, or what is wrong with it. */
export type ConfigReading = ReturnType<typeof readConfig>;

/** Views by path, each made once per text: a keystroke parses the one file it changed. */
const views = new Map<string, { readonly text: string; readonly view: FileView }>();
let config: { readonly text: string; readonly reading: ConfigReading } | null = null;

/** The typed view of a file; null where the design has no such policy file. */
export function fileView(texts: Texts, path: string | null): FileView | null {
  if (path === null || path === configPath) return null;
  const text = texts.get(path);
  if (text === undefined) return null;
  const known = views.get(path);
  if (known?.text === text) return known.view;
  const view = known === undefined ? viewFile(path, text) : viewFileAgain(known.view, text);
  views.set(path, { text, view });
  return view;
}

let all: { readonly texts: Texts; readonly views: readonly FileView[] } | null = null;

/** The views of all policy files, in the order of their paths. */
export function fileViews(texts: Texts): readonly FileView[] {
  if (all?.texts === texts) return all.views;
  const made: FileView[] = [];
  for (const path of [...texts.keys()].toSorted()) {
    const view = fileView(texts, path);
    if (view !== null) made.push(view);
  }
  for (const path of views.keys()) if (!texts.has(path)) views.delete(path);
  all = { texts, views: made };
  return made;
}

/** What `hauberk.json` says, or why it can't be read; null where the design has none. */
export function configReading(texts: Texts): ConfigReading | null {
  const text = texts.get(configPath);
  if (text === undefined) return null;
  if (config?.text !== text) config = { text, reading: readConfig(text) };
  return config.reading;
}

/** The profile that a reference means: by its names, else by its place, else the file's first. */
export function profileOf(file: FileView | null, ref: ProfileRef | null): ProfileView | null {
  if (file === null) return null;
  if (ref !== null && ref.path === file.path) {
    return byNames(file, ref.names) ?? byIndexes(file, ref.indexes) ?? file.profiles[0] ?? null;
  }
  return file.profiles[0] ?? null;
}

function byNames(file: FileView, names: readonly string[]): ProfileView | null {
  let level: readonly ProfileView[] = file.profiles;
  let found: ProfileView | null = null;
  for (const name of names) {
    found = level.find((profile) => profile.name === name) ?? null;
    if (found === null) return null;
    level = found.children;
  }
  return found;
}

function byIndexes(file: FileView, indexes: readonly number[]): ProfileView | null {
  let level: readonly ProfileView[] = file.profiles;
  let found: ProfileView | null = null;
  for (const index of indexes) {
    found = level[index] ?? null;
    if (found === null) return null;
    level = found.children;
  }
  return found;
}

/** The reference to a profile of a file; null where the profile is not of this view. */
export function refOf(file: FileView, profile: ProfileView): ProfileRef | null {
  const search = (
    level: readonly ProfileView[],
    names: readonly string[],
    indexes: readonly number[],
  ): ProfileRef | null => {
    for (const [index, candidate] of level.entries()) {
      const ref: ProfileRef = { path: file.path, names: [...names, candidate.name], indexes: [...indexes, index] };
      if (candidate === profile) return ref;
      const below = search(candidate.children, ref.names, ref.indexes);
      if (below !== null) return below;
    }
    return null;
  };
  return search(file.profiles, [], []);
}
