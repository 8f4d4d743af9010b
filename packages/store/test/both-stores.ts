import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { openStore } from "../src/index.ts";
import type { Store, StorePlace } from "../src/index.ts";
import { postgresProblem, startPostgresCluster } from "./postgres-cluster.ts";
import type { PostgresCluster } from "./postgres-cluster.ts";

/** What the tests of one store are given. */
export interface StoreUnderTest {
  readonly kind: Store["kind"];
  /** A place where nothing lies yet. */
  readonly newPlace: () => Promise<StorePlace>;
  /** An open, empty store, closed when the test ends. */
  readonly open: (place?: StorePlace) => Promise<Store>;
  /** Has one store opened for all tests that are declared beside this call, which ask for it when they run. */
  readonly share: () => () => Store;
}

/** Runs the same tests on SQLite and on PostgreSQL; where the latter is not installed, they are skipped and say so. */
export function onBothStores(tests: (store: StoreUnderTest) => void): void {
  describe("SQLite", () => {
    tests({ kind: "sqlite", newPlace: newFolder, open: opener(newFolder), share: sharer(lastingFolder) });
  });
  describe.skipIf(postgresProblem !== null)(
    `PostgreSQL${postgresProblem === null ? "" : `: ${postgresProblem}`}`,
    () => {
      let cluster: PostgresCluster | undefined;
      beforeAll(async () => void (cluster = await startPostgresCluster()));
      afterAll(() => cluster?.stop());
      const newPlace = async () => {
        if (cluster === undefined) throw new Error("the cluster has not been started");
        return { url: await cluster.newDatabase() };
      };
      const lastingPlace = async () => ({ place: await newPlace(), remove: () => undefined });
      tests({ kind: "postgres", newPlace, open: opener(newPlace), share: sharer(lastingPlace) });
    },
  );
}

/** A new folder for SQLite's file, removed when the test ends. */
export async function newFolder(): Promise<StorePlace & { folder: string }> {
  const { place, remove } = await lastingFolder();
  onTestFinished(remove);
  return place;
}

/** A place for a store, and what takes it away. */
interface LastingPlace<Place extends StorePlace = StorePlace> {
  readonly place: Place;
  readonly remove: () => void;
}

function lastingFolder(): Promise<LastingPlace<StorePlace & { folder: string }>> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-store-"));
  return Promise.resolve({ place: { folder }, remove: () => rmSync(folder, { recursive: true }) });
}

function sharer(newPlace: () => Promise<LastingPlace>): StoreUnderTest["share"] {
  return () => {
    let store: Store | undefined;
    let remove: LastingPlace["remove"] | undefined;
    beforeAll(async () => {
      const lasting = await newPlace();
      remove = lasting.remove;
      store = await openStore(lasting.place);
    });
    afterAll(async () => {
      await store?.close();
      remove?.();
    });
    return () => {
      if (store === undefined) throw new Error("the store is opened when the tests begin");
      return store;
    };
  };
}

function opener(newPlace: () => Promise<StorePlace>): StoreUnderTest["open"] {
  return async (place) => {
    const store = await openStore(place ?? (await newPlace()));
    onTestFinished(() => store.close());
    return store;
  };
}
