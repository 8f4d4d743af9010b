import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openNotices, openStore } from "../src/index.ts";
import type { Notices, Store, StorePlace } from "../src/index.ts";
import { newFolder } from "./both-stores.ts";
import { postgresProblem, startPostgresCluster } from "./postgres-cluster.ts";
import type { PostgresCluster } from "./postgres-cluster.ts";

/** A process of the service, as far as it hears and tells. */
interface Listening {
  readonly store: Store;
  readonly notices: Notices;
  /** What it heard, in order; null: anything may have changed. */
  readonly heard: (string | null)[];
}

async function listening(place: StorePlace): Promise<Listening> {
  const store = await openStore(place);
  const heard: (string | null)[] = [];
  const notices = openNotices(store, (design) => heard.push(design));
  onTestFinished(async () => {
    await notices.close();
    await store.close();
  });
  return { store, notices, heard };
}

async function change({ store, notices }: Listening, design: string, fails = false): Promise<void> {
  await store.transaction(async (trx) => {
    await notices.tell(trx, design);
    if (fails) throw new Error("not kept");
  });
  notices.kept(design);
}

/** Waits until it has heard this. */
async function hears({ heard }: Listening, what: string | null): Promise<void> {
  while (!heard.includes(what)) await sleep(10);
}

test("SQLite: a change is heard when it is kept, and one that is not kept never", async () => {
  const process = await listening(await newFolder());
  await expect(change(process, "lost", true)).rejects.toThrow("not kept");
  await change(process, "kept");
  await process.notices.tellOfAll();
  expect(process.heard).toEqual(["kept", null]);
});

describe.skipIf(postgresProblem !== null)(`PostgreSQL${postgresProblem === null ? "" : `: ${postgresProblem}`}`, () => {
  let cluster: PostgresCluster | undefined;
  beforeAll(async () => void (cluster = await startPostgresCluster()));
  afterAll(() => cluster?.stop());

  test("every process hears what another changed and kept, also after its connection broke", async () => {
    if (cluster === undefined) throw new Error("the cluster has not been started");
    const place = { url: await cluster.newDatabase() };
    const [one, other] = [await listening(place), await listening(place)];
    // The first word says that it listens now.
    await Promise.all([hears(one, null), hears(other, null)]);
    await expect(change(one, "lost", true)).rejects.toThrow("not kept");
    await change(one, "kept");
    await Promise.all([hears(one, "kept"), hears(other, "kept")]);
    expect(other.heard).not.toContain("lost");
    for (const { heard } of [one, other]) heard.length = 0;
    await one.notices.tellOfAll();
    await Promise.all([hears(one, null), hears(other, null)]);
    for (const { heard } of [one, other]) heard.length = 0;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hauberk notices'`.execute(
      one.store.db,
    );
    await Promise.all([hears(one, null), hears(other, null)]);
    await change(other, "after");
    await Promise.all([hears(one, "after"), hears(other, "after")]);
  });
});
