import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { endpoints, newKeySchema, unlockedSchema } from "@hauberk/contract";
import { sql } from "@hauberk/store";
import type { Kysely, Store, Tables } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { liveToken } from "../src/access/design-access.ts";
import { newToken, secretHash } from "../src/access/secrets.ts";
import { followDesign } from "./event-reader.ts";
import { callerOf } from "./design-calls.ts";
import { callSaved, filesOf, makeLink, saveDesign } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";
import { callRoute, servedRoutes, tokenFor } from "./served-routes.ts";
import { send, startTestServer } from "./test-server.ts";

const routes = await servedRoutes();

/** A logger that keeps what it is told, at the level that tells most. */
function keptLog() {
  const lines: string[] = [];
  return { lines, logger: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }) };
}

/** A store that keeps the shape of each question that it is asked, without its values. */
function asked(store: Store): { readonly store: Store; readonly questions: string[] } {
  const questions: string[] = [];
  const db: Kysely<Tables> = store.db.withPlugin({
    transformQuery({ node }) {
      questions.push(JSON.stringify(node, (key, value: unknown) => (key === "value" ? "?" : value)));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { store: { ...store, db }, questions };
}

/** Sends a secret where none belongs: in a path, a query, a header, a body that is wrong. */
async function sendAstray({ url, id, key }: Saved): Promise<void> {
  const page = { accept: "text/html" };
  await send(url, `/review/${id}%23${key}`, { headers: page });
  await send(url, `/api/v1/designs/${id}/${key}?token=${key}`, { headers: { cookie: key, referer: key } });
  await send(url, `/${key.toUpperCase()}`, { headers: { "user-agent": key } });
  const headers = { authorization: `Basic ${key}`, "content-type": "application/json" };
  await send(url, endpoints.createDesign.path, { method: "POST", headers, body: `{"${key}":1}` });
  await send(url, `/api/v1/designs/${id}`, { headers: { host: `${key}.evil.example` } });
}

/** All that a store keeps: the files of SQLite as they are, the rows of every table of PostgreSQL, its queue's too. */
async function keptBy(store: Store): Promise<string[]> {
  const { place } = store;
  if ("folder" in place) {
    return readdirSync(place.folder).map((name) => readFileSync(join(place.folder, name), "latin1"));
  }
  return store.transaction(async (trx) => {
    // Bytes would stand there in hexadecimal digits.
    await sql`set local bytea_output = escape`.execute(trx);
    const tables = await sql<{ schema: string; name: string }>`
      select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'pgboss')`.execute(
      trx,
    );
    const rows: string[] = [];
    for (const { schema, name } of tables.rows) {
      const table = sql.table(`${schema}.${name}`);
      const found = await sql<{ row: string }>`select kept::text as row from ${table} as kept`.execute(trx);
      rows.push(...found.rows.map(({ row }) => row));
    }
    return rows;
  });
}

onBothStores((stores) => {
  describe("secrets", () => {
    const passphrase = "seven wet badgers";

    /** Calls every route with every kind of secret there is, rightly and wrongly; answers with the secrets. */
    async function callAll(saved: Saved): Promise<string[]> {
      const link = await makeLink(saved, "editor", { passphrase });
      const unlock = { token: link.token, body: { passphrase } };
      const unlocked = unlockedSchema.parse(JSON.parse((await callSaved(saved, endpoints.unlock, unlock)).text));
      await callSaved(saved, endpoints.unlock, { token: link.token, body: { passphrase: `${passphrase}, wrong` } });
      const secrets = [saved.key, link.token, unlocked.token, passphrase];
      const last = ["events", "replaceKey", "deleteDesign"];
      for (const route of routes.filter(({ name }) => !last.includes(name))) {
        const own = await tokenFor(saved, route.endpoint);
        const parts = (await route.sample.prepare?.(saved, { token: own })) ?? {};
        secrets.push(own);
        for (const token of [own, unlocked.token, link.token, newToken()]) {
          await callRoute(saved, route, { token, body: route.sample.body, parts });
          secrets.push(token);
        }
      }
      const reader = await followDesign(callerOf(saved.url, saved.id, unlocked.token));
      await reader.begin;
      reader.leave();
      const key = newKeySchema.parse(JSON.parse((await callSaved(saved, endpoints.replaceKey)).text)).key;
      return [...secrets, key];
    }

    test("stand in no line of the log, nothing of the store and no answer but the one that tells them", async () => {
      const store = await stores.open();
      const { lines, logger } = keptLog();
      const rateLimits = { requestsPerMinute: 1_000_000 };
      const saved = await saveDesign(await startTestServer({ store, logger, rateLimits }));
      const secrets = await callAll(saved);
      await sendAstray(saved);
      await expect.poll(() => lines.length).toBeGreaterThan(routes.length * 3);
      const kept = await keptBy(store);
      const owner = { ...saved, key: secrets.at(-1) ?? "" };
      const answers = [];
      for (const route of routes.filter(({ endpoint, name }) => endpoint.method === "get" && name !== "events")) {
        answers.push((await callRoute(owner, route, { token: owner.key, parts: { revision: "1" } })).text);
      }
      expect(new Set(secrets).size).toBeGreaterThan(30);
      for (const [where, texts] of Object.entries({ log: lines, store: kept, answers })) {
        const told = texts.join("\n").toLowerCase();
        expect([where, secrets.filter((secret) => told.includes(secret.toLowerCase()))]).toEqual([where, []]);
      }
      // What is kept of them is there.
      expect(kept.join("")).toContain(secretHash(owner.key));
    });

    test("of a design are not in a log that tells of a fault either", async () => {
      const store = await stores.open();
      const { lines, logger } = keptLog();
      const saved = await saveDesign(await startTestServer({ store, logger }));
      await store.db.schema.dropTable("drafts").execute();
      const files = filesOf("a secret draft");
      const answer = await callSaved(saved, endpoints.keepDraft, { body: { parent: 1, files } });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/drafts|secret|sql|relation/i);
      await expect.poll(() => lines.join("")).toMatch(/no such table|relation \S+ does not exist/);
      expect(lines.join("")).not.toMatch(new RegExp(`${saved.key}|a secret draft`));
    });
  });

  describe("guesses", () => {
    test("of a token take one way and get one answer: one question by its hash, however near they are", async () => {
      const store = await stores.open();
      const saved = await saveDesign(await startTestServer({ store }));
      const other = await saveDesign(saved.url);
      const revoked = await makeLink(saved, "viewer");
      await callSaved(saved, endpoints.revokeLink, { parts: { link: revoked.id } });
      const flipped = saved.key.slice(0, -1) + (saved.key.endsWith("A") ? "B" : "A");
      const guesses = {
        right: [saved.id, saved.key],
        madeUp: [saved.id, newToken()],
        lastFlipped: [saved.id, flipped],
        revoked: [saved.id, revoked.token],
        ofAnother: [saved.id, other.key],
        ofNoDesign: ["A".repeat(22), saved.key],
      } as const;
      const ways = new Set<string>();
      const answers = new Set<string>();
      for (const [guess, [design, token]] of Object.entries(guesses)) {
        const listening = asked(store);
        expect([guess, (await liveToken(listening.store, design, token, new Date())) !== null]).toEqual([
          guess,
          guess === "right",
        ]);
        expect(listening.questions).toHaveLength(1);
        // The token itself is in no question: no index of the store can be walked letter by letter.
        expect(listening.questions.join("")).not.toContain(token);
        ways.add(listening.questions.join(""));
        if (guess === "right") continue;
        for (const endpoint of [endpoints.design, endpoints.events, endpoints.unlock]) {
          const body = endpoint === endpoints.unlock ? { passphrase: "correct horse" } : undefined;
          const { status, text, headers } = await callSaved({ ...saved, id: design }, endpoint, { token, body });
          const { "content-length": length, "cache-control": cache, "content-type": type } = headers;
          answers.add(JSON.stringify([status, text.replace(/urn:uuid:[\w-]+/, ""), length, cache, type]));
        }
      }
      expect(ways.size).toBe(1);
      expect(answers.size).toBe(1);
    });
  });
});
