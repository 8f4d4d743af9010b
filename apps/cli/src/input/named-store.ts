import { existsSync } from "node:fs";
import { join } from "node:path";
import { CallError } from "../call-error.ts";

/**
 * Opens the store that the service of this user has: HAUBERK_DATABASE_URL, HAUBERK_DATA, or the usual folder. What it
 * takes is loaded here, so that no other command waits for it.
 *
 * @param mustExist a store that is not there yet is refused; otherwise it is made.
 */
export async function openNamedStore(mustExist: boolean) {
  const { describePlace, openStore, sqliteFile, storePlaceOf } = await import("@hauberk/store");
  const named = storePlaceOf(process.env);
  if (!named.ok) throw new CallError(named.problem);
  const { place } = named;
  const words = describePlace(place);
  if (mustExist && "folder" in place && !existsSync(join(place.folder, sqliteFile))) {
    throw new CallError(`no designs are kept in ${words}; name the store by HAUBERK_DATA or HAUBERK_DATABASE_URL`);
  }
  try {
    return { store: await openStore(place), words };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CallError(`cannot open ${words}: ${why}`);
  }
}
