import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** Where a store is: the URL of a PostgreSQL database, or a folder for SQLite's file. */
export type StorePlace = { readonly url: string } | { readonly folder: string };

/** What the environment says of the store; an empty variable counts as not set. */
export interface StoreEnvironment {
  readonly HAUBERK_DATABASE_URL?: string | undefined;
  readonly HAUBERK_DATA?: string | undefined;
  readonly XDG_STATE_HOME?: string | undefined;
}

/** The place that the environment names, or why it names none. */
export type StorePlaceOutcome =
  | { readonly ok: true; readonly place: StorePlace }
  | { readonly ok: false; readonly problem: string };

/** The store of the service and of the commands that care for it: PostgreSQL where a URL is given, else a folder. */
export function storePlaceOf(environment: StoreEnvironment): StorePlaceOutcome {
  const { HAUBERK_DATABASE_URL: url = "", HAUBERK_DATA: folder = "", XDG_STATE_HOME: stateHome = "" } = environment;
  if (url !== "") {
    return /^postgres(ql)?:\/\//.test(url)
      ? { ok: true, place: { url } }
      : {
          ok: false,
          problem: "HAUBERK_DATABASE_URL: Name a PostgreSQL database, as `postgres://user:password@host/database`.",
        };
  }
  if (folder !== "") return { ok: true, place: { folder: resolve(folder) } };
  // The base directory specification: a relative path there counts for nothing.
  const state = isAbsolute(stateHome) ? stateHome : join(homedir(), ".local", "state");
  return { ok: true, place: { folder: join(state, "hauberk") } };
}

/** The place in words for a person: never with a password. */
export function describePlace(place: StorePlace): string {
  if ("folder" in place) return `the folder ${place.folder}`;
  const shown = URL.canParse(place.url) ? new URL(place.url) : null;
  return shown === null ? "the PostgreSQL database" : `the PostgreSQL database ${shown.host}${shown.pathname}`;
}
