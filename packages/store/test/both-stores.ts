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
}

/** Runs the same tests on SQLite and on PostgreSQL; where the latter is not installed, they are skipped and say so. */
export function onBothStores(tests: (store: StoreUnderTest) => void): void {
  describe("SQLite", () => {
    tests({ kind: "sqlite", newPlace: newFolder, open: opener(newFolder) });
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
      tests({ kind: "postgres", newPlace, open: opener(newPlace) });
    },
  );
}

/** A new folder for SQLite's file, removed when the test ends. */
export function newFolder(): Promise<StorePlace & { folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return Promise.resolve({ folder });
}

function opener(newPlace: () => Promise<StorePlace>): StoreUnderTest["open"] {
  return async (place) => {
    const store = await openStore(place ?? (await newPlace()));
    onTestFinished(() => store.close());
    return store;
  };
}
