import type { DesignRole, WholeRevision } from "@hauberk/contract";
import { library } from "../library.ts";
import { savedKeys } from "../saved-keys.ts";

/** A saved design with what opens it. */
export interface OpenedDesign {
  readonly design: string;
  /** Null: the account. */
  readonly token: string | null;
  readonly role: DesignRole;
  readonly name: string;
}

/**
 * Opens a design of the service in this browser: the one that goes with it already, with whatever is unsaved there, or
 * a revision as a design of its own. Its key is kept for it. Gives the id here.
 */
export async function openSavedDesign(
  { design, token, role, name }: OpenedDesign,
  newest: () => Promise<WholeRevision>,
): Promise<string> {
  const known = savedKeys.byDesign(design);
  if (known !== null && (await library.open(known.id))) {
    savedKeys.keep(known.id, { ...known.key, token, role });
    return known.id;
  }
  const { texts, number, hash } = await newest();
  const id = await library.create(
    name,
    texts.map(({ path, text }) => [path, text] as const),
  );
  savedKeys.keep(id, { design, token, role, parent: number, hash });
  return id;
}
