import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FairQueue, type QueueShape } from "../src/queue/fair-queue.ts";
import { BoundedStore } from "../src/verdict/bounded-store.ts";

const shape: QueueShape = { workers: 2, perClient: 1, waitingPerClient: 100 };

/** Lets everything that is ready happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function started(queue: FairQueue, client: string, log: string[]): Promise<() => void> {
  const turn = await queue.take(client);
  if (turn.kind !== "turn") throw new Error(turn.kind);
  log.push(client);
  return turn.done;
}

describe("the queue", () => {
  test("lets another client through while one has many jobs waiting", async () => {
    const queue = new FairQueue(shape);
    const log: string[] = [];
    const heavy = Array.from({ length: 10 }, () => started(queue, "heavy", log));
    const light = started(queue, "light", log);
    await light;
    expect(log).toEqual(["heavy", "light"]);
    (await heavy[0])?.();
    await heavy[1];
    expect(log).toEqual(["heavy", "light", "heavy"]);
  });

  test("lets whoever has used least go first, and forgets with time", async () => {
    let now = 0;
    const queue = new FairQueue({ workers: 1, perClient: 1, waitingPerClient: 100, now: () => now });
    const order: string[] = [];
    const job = async (client: string, milliseconds: number): Promise<void> => {
      const done = await started(queue, client, order);
      await settle();
      now += milliseconds;
      done();
    };
    await Promise.all(["bomb", "bomb", "other", "bomb", "other"].map((client) => job(client, 2000)));
    await job("honest", 30);
    const rest = [...["bomb", "other", "bomb", "other"].map((client) => job(client, 2000)), job("honest", 30)];
    await Promise.all(rest);
    // The first bomb was running already; of all that waited the honest one came first.
    expect(order.slice(6)).toEqual(["bomb", "honest", "other", "other", "bomb"]);
    now += 3_600_000;
    await Promise.all([job("bomb", 1), job("honest", 1), job("bomb", 1)]);
    expect(order.slice(11)).toEqual(["bomb", "honest", "bomb"]);
  });

  test("lets whoever just came go before a flood that is late already, also where both are one client", async () => {
    let now = 0;
    const queue = new FairQueue({ workers: 1, perClient: 1, waitingPerClient: 100, now: () => now });
    const order: string[] = [];
    const job = async (client: string, name: string, batch?: object): Promise<void> => {
      const turn = await queue.take(client, undefined, batch);
      if (turn.kind !== "turn") throw new Error(turn.kind);
      order.push(name);
      now += 200;
      turn.done();
    };
    const hold = await queue.take("a");
    const flood = ["1", "2", "3"].map((name) => job("a", name));
    const others = ["4", "5"].map((name) => job(`stranger ${name}`, name));
    now += 1000;
    const together = {};
    const fresh = ["first", "second", "third"].map((name) => job("a", name, together));
    if (hold.kind === "turn") hold.done();
    await Promise.all([...flood, ...others, ...fresh]);
    // Those of one request in their own order; of what is late, what came last.
    expect(order).toEqual(["first", "second", "third", "5", "4", "3", "2", "1"]);
  });

  test("keeps a turn for whoever just came, which none of a late flood gets", async () => {
    let now = 0;
    const queue = new FairQueue({ workers: 1, prompt: 1, perClient: 2, waitingPerClient: 100, now: () => now });
    const order: string[] = [];
    const running = [await started(queue, "flood", order), await started(queue, "flood", order)];
    void started(queue, "flood", order);
    now += 1000;
    running[0]?.();
    await settle();
    expect(order).toEqual(["flood", "flood"]);
    const done = await started(queue, "other", order);
    done();
    running[1]?.();
    await settle();
    expect(order).toEqual(["flood", "flood", "other", "flood"]);
  });

  test("keeps the order in which jobs came as long as none waits long", async () => {
    const queue = new FairQueue({ workers: 1, perClient: 1, waitingPerClient: 100, now: () => 0 });
    const order: string[] = [];
    const clients = ["a", "b", "a", "c"];
    await Promise.all(clients.map(async (client) => (await started(queue, client, order))()));
    expect(order).toEqual(["a", "b", "a", "c"]);
  });

  test("says busy to a client that has too many waiting, and to nobody else", async () => {
    const queue = new FairQueue({ ...shape, waitingPerClient: 1 });
    await queue.take("a");
    void queue.take("a");
    expect(await queue.take("a")).toEqual({ kind: "busy" });
    expect(await queue.take("b")).toMatchObject({ kind: "turn" });
  });

  test("forgets who gives up waiting", async () => {
    const queue = new FairQueue(shape);
    const first = await queue.take("a");
    const abort = new AbortController();
    const second = queue.take("a", abort.signal);
    const third = queue.take("a");
    abort.abort();
    expect(await second).toEqual({ kind: "aborted" });
    if (first.kind === "turn") first.done();
    expect(await third).toMatchObject({ kind: "turn" });
    expect(await queue.take("a", abort.signal)).toEqual({ kind: "aborted" });
  });

  test("never runs more than it may, and serves everybody", async () => {
    const clients = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        clients,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (jobs, workers, perClient) => {
          const queue = new FairQueue({ workers, perClient, waitingPerClient: 100 });
          const running: string[] = [];
          const ran = jobs.map(async (client) => {
            const done = await started(queue, client, running);
            expect(running.length).toBeLessThanOrEqual(workers);
            expect(running.filter((one) => one === client).length).toBeLessThanOrEqual(perClient);
            await settle();
            running.splice(running.indexOf(client), 1);
            done();
          });
          await Promise.all(ran);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test("a bounded store drops what was asked for longest ago", () => {
  const store = new BoundedStore<string>(6, (value) => value.length);
  store.set("a", "aa");
  store.set("b", "bb");
  store.set("c", "cc");
  store.get("a");
  store.set("d", "dd");
  expect(["a", "b", "c", "d"].map((key) => store.get(key))).toEqual(["aa", undefined, "cc", "dd"]);
  store.set("e", "far too long");
  expect(store.get("e")).toBeUndefined();
  expect(store.get("a")).toBe("aa");
});
