import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { pino } from "pino";
import { openStore } from "@hauberk/store";
import type { Store, StorePlace } from "@hauberk/store";
import { newFolder } from "../../../packages/store/test/both-stores.ts";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import type { PostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { readAfter, readLatest } from "../src/features/events/events-store.ts";
import { createLiveEvents } from "../src/features/events/live-events.ts";
import type { Follower, LiveEvents } from "../src/features/events/live-events.ts";
import { createStreamPlaces } from "../src/features/events/stream-places.ts";
import type { EventStream } from "../src/requests/event-stream.ts";
import type { ServerOptions } from "../src/server.ts";
import { callerOf, makeLink, saveDesign, saveText } from "./design-calls.ts";
import type { Caller } from "./design-calls.ts";
import { followDesign } from "./event-reader.ts";
import type { EventReader } from "./event-reader.ts";
import { problemOf, send, startStoppableServer, startTestServer } from "./test-server.ts";

async function startOn(place: StorePlace, options: Partial<ServerOptions> = {}): Promise<string> {
  return startTestServer({ ...options, store: await openStore(place) });
}

/** The same design by the same token, asked of another process. */
function at(url: string, caller: Caller): Caller {
  return callerOf(url, caller.design, caller.token);
}

/** The path of a design's events. */
function eventsOf({ design }: Caller): string {
  return `/api/v1/designs/${design}/events`;
}

function numbers({ events }: EventReader): number[] {
  return events.map(({ number }) => number);
}

function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

async function comment(caller: Caller): Promise<void> {
  expect((await caller.call("POST", "/comments", { revision: 1, text: "Why?" })).status).toBe(201);
}

/** Live events over a store whose word of changes a test gives itself, and behind which numbers it was read. */
function liveOver(store: Store): { live: LiveEvents<string>; reads: number[] } {
  const reads: number[] = [];
  const live = createLiveEvents<string>(
    {
      latest: (design) => readLatest(store.db, design),
      after: (design, number, most) => {
        reads.push(number);
        return readAfter(store.db, design, number, most);
      },
      open: (_design, doors) => Promise.resolve(new Set(doors)),
    },
    createStreamPlaces({ perClient: 500, altogether: 500 }),
    pino({ level: "silent" }),
  );
  onTestFinished(() => live.stop());
  return { live, reads };
}

function followerOf({ design }: Caller, after: number | null): Follower<string> {
  return { design, door: "key", client: "one", after, owner: true };
}

/** Somebody who takes whatever is sent at once, without a connection. */
function earOf(): { stream: EventStream; heard: number[]; hears: (number: number) => Promise<void> } {
  const gone = new AbortController();
  const heard: number[] = [];
  const stream: EventStream = {
    send: (chunk) => {
      for (const [, id] of Buffer.from(chunk)
        .toString("utf8")
        .matchAll(/^id: (\d+)\ndata: /gm))
        heard.push(Number(id));
    },
    progress: () => ({ waiting: 0, taken: 0 }),
    room: () => Promise.resolve(),
    end: () => gone.abort(),
    gone: gone.signal,
  };
  const hears = async (number: number): Promise<void> => {
    await expect.poll(() => heard).toContain(number);
  };
  return { stream, heard, hears };
}

/** What holds whether one process serves everybody or each is with another. */
function streamTests(start: () => Promise<{ readonly here: string; readonly there: string }>): void {
  test("a reader hears what others do, and goes on after a break where they were", async () => {
    const { here, there } = await start();
    const owner = await saveDesign(there);
    const viewer = at(here, await makeLink(owner, "viewer"));
    const reader = await followDesign(viewer);
    expect([reader.status, reader.headers["content-type"]]).toEqual([200, "text/event-stream; charset=utf-8"]);
    expect(await reader.begin).toBe(2);
    await comment(owner);
    await saveText(owner, 1, "profile a {\n}\n", { message: "Less" });
    await reader.has(4);
    expect(reader.events).toMatchObject([
      { number: 3, kind: "commented", detail: "" },
      { number: 4, kind: "revision-saved", revision: 2, detail: "Less" },
    ]);
    reader.leave();
    await comment(owner);
    const again = await followDesign(at(there, viewer), 3);
    await again.has(5);
    await comment(owner);
    await again.has(6);
    expect(numbers(again)).toEqual([4, 5, 6]);
    // From the very beginning; whom links are for is told to the owner alone.
    const whole = await followDesign(viewer, 0);
    await whole.has(6);
    expect(numbers(whole)).toEqual(upTo(6));
    expect(whole.events[1]).toMatchObject({ kind: "link-created", detail: "" });
    // A store that was restored has not come as far as the reader had.
    const ahead = await followDesign(viewer, 99);
    expect(await ahead.begin).toBe(6);
  });

  test("nothing is lost or told twice while everybody writes and readers come and go", async () => {
    const { here, there } = await start();
    const owner = await saveDesign(there);
    const steady = await followDesign(at(here, owner), 0);
    const seen: number[] = [];
    const over = new AbortController();
    const comingAndGoing = (async () => {
      while (!over.signal.aborted) {
        const reader = await followDesign(at(here, owner), seen.at(-1) ?? 0);
        await reader.has((seen.at(-1) ?? 0) + 1);
        reader.leave();
        seen.push(...numbers(reader));
      }
    })();
    await Promise.all(upTo(120).map(() => comment(owner)));
    over.abort();
    await comment(owner);
    await Promise.all([steady.has(122), comingAndGoing]);
    expect(numbers(steady)).toEqual(upTo(122));
    expect(seen).toEqual(upTo(seen.length));
  });

  test("the stream of a revoked link, a replaced key and a deleted design ends at once", async () => {
    const { here, there } = await start();
    const owner = await saveDesign(there);
    const [revoked, left] = [await makeLink(owner, "viewer"), await makeLink(owner, "viewer")];
    const [byRevoked, byLeft, byKey] = await Promise.all([
      followDesign(at(here, revoked)),
      followDesign(at(here, left)),
      followDesign(at(here, owner)),
    ]);
    await Promise.all([byRevoked.begin, byLeft.begin, byKey.begin]);
    expect((await owner.call("DELETE", `/links/${revoked.link}`)).status).toBe(204);
    await byRevoked.ended;
    await byLeft.has(4);
    expect(byRevoked.events).toEqual([]);
    const { body } = await owner.call("POST", "/key");
    await byKey.ended;
    const newOwner = callerOf(there, owner.design, String(Object.values(Object(body))[0]));
    await byLeft.has(5);
    expect((await newOwner.call("DELETE", "")).status).toBe(204);
    await byLeft.ended;
    expect((await send(here, eventsOf(owner), { headers: { authorization: `Bearer ${left.token}` } })).status).toBe(
      404,
    );
  });
}

describe("SQLite", () => {
  streamTests(async () => {
    const url = await startOn(await newFolder());
    return { here: url, there: url };
  });

  test("a link that expires ends its stream within a beat, and everybody hears a beat", async () => {
    let now = Date.parse("2026-11-29T08:00:00.000Z");
    const events = { pace: { beat: 30, rest: 5, beats: 1_000 } };
    const url = await startOn(await newFolder(), { now: () => new Date(now), events });
    const owner = await saveDesign(url);
    const expiring = await makeLink(owner, "viewer", { expires: "2026-11-29T09:00:00.000Z" });
    const [byLink, byKey] = [await followDesign(expiring), await followDesign(owner)];
    await Promise.all([byLink.begin, byKey.begin]);
    now += 3_600_000;
    await byLink.ended;
    await comment(owner);
    await byKey.has(3);
    expect(byKey.text()).toContain("\n: still here\n\n");
    expect(byLink.events).toEqual([]);
  });

  test("silence is no reason to be cut off, as long as there are beats", async () => {
    const url = await startOn(await newFolder(), {
      events: { pace: { beat: 40 } },
      timeouts: { silence: 200 },
    });
    const owner = await saveDesign(url);
    const reader = await followDesign(owner);
    await expect.poll(() => reader.text().match(/: still here/g)?.length ?? 0).toBeGreaterThan(15);
    await comment(owner);
    await reader.has(2);
  });

  test("a stream has an end, after which one asks again", async () => {
    const url = await startOn(await newFolder(), { events: { pace: { beat: 10, rest: 5, beats: 3 } } });
    const reader = await followDesign(await saveDesign(url));
    await reader.ended;
    expect(reader.text().match(/: still here/g)).toHaveLength(3);
  });

  test("one address may hold so many streams, and all together so many", async () => {
    const events = { limits: { perClient: 2, altogether: 3 } };
    const trustedProxies = ["127.0.0.1"];
    const url = await startOn(await newFolder(), { events, trustedProxies });
    const owner = await saveDesign(url);
    const [first] = [await followDesign(owner), await followDesign(owner)];
    const from = (address: string) =>
      send(url, eventsOf(owner), {
        headers: { authorization: `Bearer ${owner.token}`, "x-forwarded-for": address },
      });
    const refused = problemOf(await from("127.0.0.1"));
    expect([refused.status, refused.detail]).toEqual([429, expect.stringContaining("One address may follow 2")]);
    void from("192.0.2.1");
    await expect.poll(async () => problemOf(await from("192.0.2.2")).detail).toContain("As many pages");
    // Whoever leaves makes room.
    first.leave();
    await expect.poll(async () => (await followDesign(owner)).status).toBe(200);
  });

  test("streams end when the service stops, and don't hold it up", async () => {
    const server = await startStoppableServer({ store: await openStore(await newFolder()) });
    const reader = await followDesign(await saveDesign(server.url));
    await reader.begin;
    await Promise.all([server.stop(), reader.ended]);
    expect(reader.events).toEqual([]);
  });

  test("what is no event's number is refused, and HEAD gets no stream", async () => {
    const url = await startOn(await newFolder());
    const owner = await saveDesign(url);
    const headers = { authorization: `Bearer ${owner.token}` };
    const wrong = await send(url, eventsOf(owner), { headers: { ...headers, "last-event-id": "1;drop" } });
    expect(problemOf(wrong).status).toBe(400);
    const head = await send(url, eventsOf(owner), { method: "HEAD", headers });
    expect([head.status, head.headers["content-type"], head.text]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "",
    ]);
  });

  test("a change is read once for all who follow the design", async () => {
    const store = await openStore(await newFolder());
    const owner = await saveDesign(await startTestServer({ store }));
    const { live, reads } = liveOver(store);
    const ears = Array.from({ length: 200 }, earOf);
    for (const ear of ears) await live.follow(followerOf(owner, null), () => ear.stream);
    expect([live.count(), reads.length]).toEqual([200, 0]);
    await comment(owner);
    live.wake(owner.design);
    await Promise.all(ears.map((ear) => ear.hears(2)));
    expect(reads).toEqual([1]);
  });

  test("what another process has told somebody already, this one does not tell them again", async () => {
    const store = await openStore(await newFolder());
    const owner = await saveDesign(await startTestServer({ store }));
    const { live } = liveOver(store);
    const [steady, moved] = [earOf(), earOf()];
    await live.follow(followerOf(owner, null), () => steady.stream);
    await comment(owner);
    // No word of event 2 has come here yet.
    await live.follow(followerOf(owner, 2), () => moved.stream);
    await comment(owner);
    live.wake(owner.design);
    await Promise.all([steady.hears(3), moved.hears(3)]);
    expect([steady.heard, moved.heard]).toEqual([[2, 3], [3]]);
  });
});

describe.skipIf(postgresProblem !== null)(
  `two processes over PostgreSQL${postgresProblem === null ? "" : `: ${postgresProblem}`}`,
  () => {
    let cluster: PostgresCluster | undefined;
    beforeAll(async () => void (cluster = await startPostgresCluster()));
    afterAll(() => cluster?.stop());

    streamTests(async () => {
      if (cluster === undefined) throw new Error("the cluster has not been started");
      const place = { url: await cluster.newDatabase() };
      return { here: await startOn(place), there: await startOn(place) };
    });
  },
);
