import type { Migration, MigrationProvider } from "kysely/migration";
import { makeTeamTables } from "./001-team.ts";
import type { BytesType } from "./001-team.ts";
import { addBundleHolders } from "./002-bundle-holders.ts";
import { addDecisionEntries } from "./003-decision-entries.ts";

/**
 * The oldest step whose rows the tables of today take as they are: what later ones added is filled in by its default. A
 * step that asks more of older rows names itself here.
 */
export const oldestRestored = "001-team";

/** Every step from an empty store to this one, by name in order. One that has been released never changes. */
export function migrations(bytes: BytesType): MigrationProvider {
  const all: Record<string, Migration> = {
    "001-team": { up: (db) => makeTeamTables(db, bytes) },
    "002-bundle-holders": { up: addBundleHolders },
    "003-decision-entries": { up: addDecisionEntries },
  };
  return { getMigrations: () => Promise.resolve(all) };
}
