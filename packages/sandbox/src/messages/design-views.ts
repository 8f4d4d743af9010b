import type { DesignFileBody } from "@hauberk/contract";
import { viewFile, type FileView, type ProfileView } from "@hauberk/core/design";
import { LineIndex } from "@hauberk/core/text";

/** A file of a design, read for finding places in it. */
export interface ReadFile {
  readonly path: string;
  readonly view: FileView;
  readonly lines: LineIndex;
}

/** A profile of a design, with the file that holds it and its full name, as `parent//child`. */
export interface ReadProfile {
  readonly file: ReadFile;
  readonly profile: ProfileView;
  readonly name: string;
}

/** Beyond this many UTF-16 units, messages stay where the parser put them: reading would cost more than it helps. */
const longestText = 400_000;

/** Reads a design's files for finding places, when the first message needs it. */
export function designViews(files: readonly DesignFileBody[]): () => readonly ReadFile[] {
  let read: readonly ReadFile[] | undefined;
  return () => {
    read ??= files
      .filter((file) => file.text.length <= longestText)
      .map(({ path, text }) => ({ path, view: viewFile(path, text), lines: new LineIndex(text) }));
    return read;
  };
}

/** All profiles, child profiles and hats of a design. */
export function allProfiles(files: readonly ReadFile[]): ReadProfile[] {
  return files.flatMap((file) => file.view.profiles.flatMap((profile) => withChildren(file, profile, "")));
}

function withChildren(file: ReadFile, profile: ProfileView, parent: string): ReadProfile[] {
  const name = parent === "" ? profile.name : `${parent}//${profile.name}`;
  return [{ file, profile, name }, ...profile.children.flatMap((child) => withChildren(file, child, name))];
}
