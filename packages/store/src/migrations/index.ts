import type { Migration, MigrationProvider } from "kysely/migration";
import { makeTeamTables } from "./001-team.ts";
import type { BytesType } from "./001-team.ts";
import { addBundleHolders } from "./002-bundle-holders.ts";

/** Every step from an empty store to this one, by name in order. One that has been released never changes. */
export function migrations(bytes: BytesType): MigrationProvider {
  const all: Record<string, Migration> = {
    "001-team": { up: (db) => makeTeamTables(db, bytes) },
    "002-bundle-holders": { up: addBundleHolders },
  };
  return { getMigrations: () => Promise.resolve(all) };
}
