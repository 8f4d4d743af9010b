import { describe, expect, onTestFinished, test } from "vitest";
import { endpoints } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import { postgresProblem, startPostgresCluster } from "../../../packages/store/test/postgres-cluster.ts";
import { countedAhead } from "../src/requests/shared-counts.ts";
import { call, filesOf } from "./saved-design.ts";
import { startTestServer } from "./test-server.ts";

const unavailable = postgresProblem === null ? "" : `: ${postgresProblem}`;

describe.skipIf(postgresProblem !== null)(`limits over two services on one PostgreSQL${unavailable}`, () => {
  test("what one lets through counts for the other, exactly or within the stated bound", async () => {
    const cluster = await startPostgresCluster();
    onTestFinished(() => cluster.stop());
    const place = { url: await cluster.newDatabase() };
    const rateLimits = { designsPerMinute: 10, requestsPerMinute: 400 };
    const urls = [
      await startTestServer({ store: await openStore(place), rateLimits }),
      await startTestServer({ store: await openStore(place), rateLimits }),
    ];
    const askAll = async (times: number, ask: (url: string) => Promise<{ status: number }>): Promise<number> => {
      const answers = await Promise.all(Array.from({ length: times }, (_, index) => ask(urls[index % 2] ?? "")));
      const refused = answers.filter(({ status }) => status === 429).length;
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      return times - refused;
    };
    const body = { name: "test", files: filesOf("profile test {}\n") };
    expect(await askAll(40, (url) => call(url, endpoints.createDesign, { body }))).toBe(10);
    const others = await askAll(600, (url) => call(url, endpoints.openapi));
    expect(others + 40).toBeGreaterThanOrEqual(400);
    expect(others + 40).toBeLessThanOrEqual(400 + 2 * countedAhead(400));
    // The client stands in the table by a hash.
    const store = await openStore(place);
    const keys = (await store.db.selectFrom("rate_counters").select("key").execute()).map(({ key }) => key);
    await store.close();
    expect(keys.length).toBe(2);
    for (const key of keys) expect(key).not.toContain("127.0.0.1");
  });
});
