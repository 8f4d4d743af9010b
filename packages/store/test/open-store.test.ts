import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../src/index.ts";
import type { Store } from "../src/index.ts";
import { newFolder, onBothStores } from "./both-stores.ts";

/** A design as small as can be. */
async function addDesign(store: Store, id: string): Promise<void> {
  const at = "2026-11-29T08:00:00.000Z";
  await store.db
    .insertInto("designs")
    .values({ id, name: id, at, changed: at, workspace: null, approvals: 0, newest: 1, events: 0 })
    .execute();
}

/** Counts an event up: by reading first and writing then, as two who change the same would. */
async function countUp(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const { events } = await trx
      .updateTable("designs")
      .set((eb) => ({ events: eb("events", "+", 1) }))
      .where("id", "=", "one")
      .returning("events")
      .executeTakeFirstOrThrow();
    const row = { design: "one", number: events, kind: "renamed", at: "2026-11-29T08:00:00.000Z", detail: "" };
    await trx.insertInto("events").values(row).execute();
  });
}

onBothStores(({ newPlace, open }) => {
  test("several that start at once make the tables once, and a later start finds what was kept", async () => {
    const place = await newPlace();
    const stores = await Promise.all([open(place), open(place), open(place), open(place)]);
    const [first] = stores;
    await addDesign(first, "one");
    for (const store of [...stores, await open(place)]) {
      expect(await store.db.selectFrom("designs").select("id").execute()).toEqual([{ id: "one" }]);
    }
  });

  test("those who change the same at once wait for one another, over connections too", async () => {
    const place = await newPlace();
    const stores = [await open(place), await open(place)];
    const [first] = stores;
    if (first === undefined) throw new Error("no store");
    await addDesign(first, "one");
    await Promise.all(Array.from({ length: 40 }, (_, index) => countUp(stores[index % 2] ?? first)));
    const events = await first.db.selectFrom("events").select("number").orderBy("number").execute();
    expect(events.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test("a change that fails leaves nothing", async () => {
    const store = await open();
    await addDesign(store, "one");
    const failing = store.transaction(async (trx) => {
      await trx.updateTable("designs").set({ name: "two" }).execute();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await store.db.selectFrom("designs").select("name").execute()).toEqual([{ name: "one" }]);
  });

  test("bytes come back as they were, and counts are numbers", async () => {
    const store = await open();
    await addDesign(store, "one");
    const bytes = Buffer.from([0, 255, 10, 13, 0]);
    await store.db.insertInto("contents").values({ design: "one", hash: "a", bytes }).execute();
    expect(await store.db.selectFrom("contents").select("bytes").executeTakeFirst()).toEqual({ bytes });
    await store.db.insertInto("rate_counters").values({ key: "a", count: 1, until: 1_900_000_000_000 }).execute();
    const counted = store.db
      .selectFrom("rate_counters")
      .select((eb) => ["until", eb.fn.countAll().as("rows"), eb.fn.sum("until").as("sum")])
      .groupBy("until");
    expect(await counted.executeTakeFirst()).toEqual({
      until: 1_900_000_000_000,
      rows: 1,
      sum: 1_900_000_000_000,
    });
  });

  test("what belongs to a design goes with it", async () => {
    const store = await open();
    await addDesign(store, "one");
    await countUp(store);
    await store.db.deleteFrom("designs").where("id", "=", "one").execute();
    expect(await store.db.selectFrom("events").selectAll().execute()).toEqual([]);
  });
});

test("SQLite's files are for the service's user alone, and each commit is written out", async () => {
  const { folder: parent } = await newFolder();
  const folder = join(parent, "new", "state");
  const store = await openStore({ folder });
  await addDesign(store, "one");
  const modes = ["", "hauberk.sqlite", "hauberk.sqlite-wal"].map((name) => statSync(join(folder, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  await store.close();
});
