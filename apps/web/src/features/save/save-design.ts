import type { CreatedDesign, Revision } from "@hauberk/contract";
import { createDesign, type DesignAccess, saveRevision, signature } from "../../api-client/saved/index.ts";
import { rememberPerson, type SavedKey, savedKeys } from "../../persistence/index.ts";
import { designStore, type Texts } from "../../store/index.ts";
import { revisionFiles } from "./revision-files.ts";

/** What a person says of what they save. */
export interface SaveWords {
  readonly by: string;
  readonly message: string;
}

/**
 * Saves the open design for the first time, in a workspace or, where that is null, in none. The key is kept in this browser; where that fails the answer says so, and
 * the person must keep it themselves.
 */
export async function saveFirst(
  { by, message }: SaveWords,
  workspace: string | null,
): Promise<CreatedDesign & { readonly kept: boolean }> {
  const { id, name, texts } = designStore.getState();
  rememberPerson(by.trim());
  const created = await createDesign({
    name: name.trim().slice(0, 128) || "design",
    files: revisionFiles(texts),
    message: message.trim(),
    ...signature(by),
    ...(workspace === null ? {} : { workspace }),
  });
  const { newest } = created.design;
  const key = { design: created.design.id, token: created.key, parent: newest.number, hash: newest.hash };
  try {
    if (id !== null) savedKeys.keep(id, { ...key, role: "owner" });
    return { ...created, kept: true };
  } catch {
    return { ...created, kept: false };
  }
}

/** Saves texts as the next revision and notes that the design here stands there now. */
export async function saveNext(id: string, key: SavedKey, texts: Texts, words: SaveWords): Promise<Revision> {
  rememberPerson(words.by.trim());
  const { draft, ...rest } = key;
  const revision = await saveRevision(accessOf(key), {
    parent: key.parent,
    files: revisionFiles(texts),
    message: words.message.trim(),
    ...(draft === undefined ? {} : { draft }),
    ...signature(words.by),
  });
  savedKeys.keep(id, { ...rest, parent: revision.number, hash: revision.hash });
  return revision;
}

/** What of a kept key the service is shown. */
export function accessOf({ design, token }: SavedKey): DesignAccess {
  return { design, token };
}
