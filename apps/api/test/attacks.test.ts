import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { commentListSchema, endpoints, linkListSchema, requestLimits, workspaceSchema } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import type { Store } from "@hauberk/store";
import { newFolder, onBothStores } from "../../../packages/store/test/both-stores.ts";
import { behindProxy, headersOf } from "./proxy-service.ts";
import { call, callSaved, filesOf, makeLink, saveDesign, savedText } from "./saved-design.ts";
import { callRoute, servedRoutes, tokenFor } from "./served-routes.ts";
import { problemOf, send, shareTestServer, startTestServer } from "./test-server.ts";
import type { Received } from "./test-server.ts";

const routes = await servedRoutes();
const unlimited = { designsPerMinute: 1_000_000, requestsPerMinute: 1_000_000, validationsPerMinute: 1_000_000 };

/** The kind of a problem, or the status of an answer that is none. */
const kindOf = (answer: Received): string =>
  answer.status < 400 ? String(answer.status) : problemOf(answer).type.replace("/problems/", "");

/** What no answer may tell: files, stacks, statements and programs of ours. */
const inside =
  /node_modules|apps\/api|\.[cm]?[jt]s\b|\bat \S+ \(|sqlite|postgres|kysely|express|pino|\b(select|insert) /i;

async function start(): Promise<{ url: string; store: Store }> {
  const store = await openStore(await newFolder());
  return { url: await startTestServer({ store, rateLimits: unlimited }), store };
}

async function makeWorkspace(url: string, headers: Record<string, string>): Promise<string> {
  const made = await call(url, endpoints.createWorkspace, { headers, body: { name: "team" } });
  return workspaceSchema.parse(JSON.parse(made.text)).id;
}

/** What happened to all designs, so that a refused call can be seen to have done nothing. */
const happened = ({ db }: Store) => db.selectFrom("events").select(["design", "number", "kind"]).execute();

onBothStores((stores) => {
  const sharedStore = stores.share();
  const service = shareTestServer(() => ({ ...behindProxy(["127.0.0.1"], sharedStore()), rateLimits: unlimited }));

  describe("requests of other sites", () => {
    const changing = routes.filter(({ endpoint }) => endpoint.method !== "get");

    test.each([
      ["of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
      ["of another port", { "sec-fetch-site": "same-site", origin: "http://localhost:9" }],
      ["in an older browser", { origin: "https://evil.example" }],
      ["in a frame without an origin", { origin: "null" }],
      ["that hides its origin", { "sec-fetch-site": "cross-site" }],
    ])("no route that changes something does so for a page %s, whatever token it has", async (_page, headers) => {
      const [url, store] = [service(), sharedStore()];
      const saved = await saveDesign(url);
      const before = await happened(store);
      const answers: Record<string, string> = {};
      for (const route of changing) {
        const { body } = route.sample;
        answers[route.name] = kindOf(await callRoute(saved, route, { token: saved.key, body, headers }));
      }
      expect(answers).toEqual(Object.fromEntries(changing.map(({ name }) => [name, "cross-site"])));
      expect(await happened(store)).toEqual(before);
    });

    test.each([
      ["a script of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }],
      ["another port of this machine", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
      ["an older browser's event source", { origin: "https://evil.example" }],
      ["a page without an origin", { origin: "null" }],
    ])("no stream of events and no answer of the API is opened by %s", async (_who, headers) => {
      const saved = await saveDesign(service());
      for (const endpoint of [endpoints.events, endpoints.design, endpoints.listTargets]) {
        expect(kindOf(await callSaved(saved, endpoint, { headers }))).toBe("cross-site");
      }
    });

    test("a link from another site to the API's own description opens it", async () => {
      const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
      expect((await send(service(), endpoints.openapi.path, { headers })).status).toBe(200);
    });

    test("no other origin is given leave to send anything", async () => {
      const saved = await saveDesign(service());
      for (const { endpoint } of routes) {
        const asked = {
          origin: "https://evil.example",
          "access-control-request-method": endpoint.method.toUpperCase(),
          "access-control-request-headers": "authorization",
        };
        const path = endpoint.path.replace("{design}", saved.id);
        const answer = await send(saved.url, path, { method: "OPTIONS", headers: asked });
        expect([path, answer.status]).toEqual([path, 405]);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    });
  });

  describe("bodies", () => {
    const withBody = routes.filter(({ hasBody }) => hasBody);
    const nested = `${'{"files":'.repeat(requestLimits.depth + 1)}1${"}".repeat(requestLimits.depth + 1)}`;
    const json = { "content-type": "application/json" };
    const cases: [string, Record<string, string>, string | Uint8Array, string][] = [
      ["of another type", { "content-type": "text/plain" }, "{}", "unsupported-media-type"],
      ["of a form", { "content-type": "application/x-www-form-urlencoded" }, "a=b", "unsupported-media-type"],
      ["compressed", { ...json, "content-encoding": "gzip" }, gzipSync("{}"), "unsupported-media-type"],
      ["too large", json, `"${"a".repeat(requestLimits.bodyBytes)}"`, "too-large"],
      ["too deep", json, nested, "invalid-request"],
      ["of too many values", json, `[${"1,".repeat(requestLimits.values)}1]`, "invalid-request"],
      ["that is no JSON", json, "<xml/>", "malformed-json"],
      ["that is not there", json, "", "malformed-json"],
      ["that is a list", json, "[]", "invalid-request"],
      ["with a prototype", json, '{"__proto__":{"polluted":true}}', "invalid-request"],
      ["with a constructor", json, '{"constructor":{"prototype":{"polluted":true}}}', "invalid-request"],
    ];

    test.each(cases)("no route takes one %s", async (_what, headers, body, kind) => {
      const [url, store, account] = [service(), sharedStore(), headersOf("admin")];
      const workspace = await makeWorkspace(url, account);
      const saved = await saveDesign(url);
      const answers: Record<string, string> = {};
      const tokens = new Map<string, string>();
      for (const { name, endpoint } of withBody) tokens.set(name, await tokenFor(saved, endpoint));
      const before = await happened(store);
      for (const { name, endpoint } of withBody) {
        const known = endpoint.path.replace("{design}", saved.id).replace("{workspace}", workspace);
        const path = known.replace("{email}", "ada@example.org").replaceAll(/\{\w+\}/g, "none");
        const authorization = `Bearer ${tokens.get(name)}`;
        const answer = await send(url, path, {
          method: endpoint.method.toUpperCase(),
          headers: { authorization, ...account, ...headers },
          body,
        });
        answers[name] = kindOf(answer);
        expect(answer.text).not.toMatch(inside);
      }
      const expected = withBody.map(({ name, bodyIsOptional }) => [
        name,
        bodyIsOptional && body === "" ? "not-found" : kind,
      ]);
      expect(answers).toEqual(Object.fromEntries(expected));
      expect(await happened(store)).toEqual(before);
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    });
  });

  describe("what belongs to another design", () => {
    const withSecondId = routes.filter(({ parts }) => parts.includes("design") && parts.length > 1);

    test.each(withSecondId)("$name finds nothing of it, though the id is right", async (route) => {
      const [url, store] = [service(), sharedStore()];
      const [own, other] = [await saveDesign(url), await saveDesign(url)];
      const token = await tokenFor(own, route.endpoint);
      const others = await tokenFor(other, route.endpoint);
      const prepared = (await route.sample.prepare?.(other, { token: others })) ?? {};
      await callSaved(other, endpoints.saveRevision, { body: { parent: 1, files: filesOf("# two\n") } });
      const parts = "revision" in prepared ? { revision: "2" } : prepared;
      expect(Object.values(parts)).not.toContain("none");
      const before = await happened(store);
      const { body } = route.sample;
      const answer = await callRoute(own, route, { token, body, parts });
      expect(kindOf(answer)).toBe("not-found");
      expect(answer.text).not.toMatch(inside);
      expect(await happened(store)).toEqual(before);
      // For whom it belongs to it is there.
      expect((await callRoute(other, route, { token: others, body, parts })).status).toBeLessThan(300);
    });

    test("can't be answered, applied or approved by naming it in a body", async () => {
      const url = service();
      const [own, other] = [await saveDesign(url), await saveDesign(url, "profile other {}\n")];
      const anchor = { revision: 1, file: "apparmor.d/test", profile: null, start: 0, end: 7, text: "profile" };
      const suggestion = { revision: 1, text: "Better.", anchor, suggestion: "profile2" };
      await callSaved(other, endpoints.comment, { body: suggestion });
      const [comment] = commentListSchema.parse(JSON.parse((await callSaved(other, endpoints.listComments)).text));
      const id = comment?.id ?? "none";
      const reply = await callSaved(own, endpoints.comment, { body: { revision: 1, text: "hm", thread: id } });
      expect(problemOf(reply).errors).toMatchObject([{ pointer: "/thread" }]);
      await callSaved(own, endpoints.saveRevision, { body: { parent: 1, files: filesOf("# two\n"), applies: [id] } });
      const after = commentListSchema.parse(JSON.parse((await callSaved(other, endpoints.listComments)).text));
      expect(after).toMatchObject([{ applied: null, resolved: null }]);
      const approver = await makeLink(own, "approver");
      const { text } = await callSaved(other, endpoints.design);
      const hash = /"hash":"(\w{64})"/.exec(text)?.[1];
      const decision = { revision: 1, hash, decision: "approve" };
      const decided = await callSaved(own, endpoints.decide, { token: approver.token, body: decision });
      expect(kindOf(decided)).toBe("outdated-hash");
    });
  });

  test("odd ids, numbers and headers are refused on every route, and tell nothing of the inside", async () => {
    const [url, headers] = [service(), headersOf("admin")];
    const workspace = await makeWorkspace(url, headers);
    const saved = await saveDesign(url);
    const member = { role: "member", designs: "viewer" };
    const odd = [
      "__proto__",
      "constructor",
      "%00",
      "%ff",
      "..%2f..%2fetc%2fpasswd",
      "..%5cx",
      "%0d%0aSet-Cookie:%20a=b",
      "'%20or%20'1'='1",
      "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
      "9999999999",
      "1e9",
      "-1",
      "x".repeat(300),
    ];
    const wrong: unknown[] = [];
    for (const route of routes.filter(({ parts }) => parts.length > 0)) {
      const token = await tokenFor(saved, route.endpoint);
      const last = route.parts.at(-1) ?? "";
      for (const value of odd) {
        const { body = route.name === "setMember" ? member : undefined } = route.sample;
        const answer = await callRoute(saved, route, { token, headers, body, parts: { workspace, [last]: value } });
        const { "set-cookie": cookie, "x-content-type-options": sniffing } = answer.headers;
        const kind = kindOf(answer);
        const refused = ["not-found", "invalid-request", "unknown-target"].includes(kind);
        const harmless = !inside.test(answer.text) && cookie === undefined && sniffing === "nosniff";
        if (!refused || !harmless) wrong.push([route.name, value, kind, answer.text]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("numbers of events that are none, or larger than any, are answered in order", async () => {
    const saved = await saveDesign(service());
    const history = (before: string) =>
      callSaved(saved, { ...endpoints.history, path: `${endpoints.history.path}?${before}` });
    const kinds: Record<string, string> = {};
    for (const before of ["1", "2147483647", "2147483648", "9999999999", "-1", "1e3", "%00", "1&before=2"]) {
      kinds[before] = kindOf(await history(`before=${before}`));
    }
    const { "1": first, "2147483647": last, ...others } = kinds;
    expect([first, last, ...new Set(Object.values(others))]).toEqual(["200", "200", "invalid-request"]);
    expect((await history("__proto__=1&constructor=2")).status).toBe(200);
    for (const number of ["9999999999", "-1", "1 or 1"]) {
      const headers = { "last-event-id": number };
      const answer = await send(saved.url, endpoints.events.path.replace("{design}", saved.id), {
        method: "HEAD",
        headers: { ...headers, authorization: `Bearer ${saved.key}` },
      });
      expect([number, answer.status]).toEqual([number, 400]);
    }
  });
});

describe("what people write", () => {
  const markup = `<script>alert(1)</script><img src=x onerror=alert(1)>"'\${7*7}{{7*7}}`;

  test("comes back as data that no browser runs or sniffs, and stands in no header", async () => {
    const { url } = await start();
    const saved = await saveDesign(url);
    await callSaved(saved, endpoints.changeDesign, { body: { name: "<img src=x onerror=alert(1)>" } });
    await callSaved(saved, endpoints.comment, { body: { revision: 1, text: markup, by: "<b>Ada</b>" } });
    await callSaved(saved, endpoints.createLink, { body: { role: "viewer", label: markup.slice(0, 80) } });
    const files = filesOf(`profile "${markup.replaceAll('"', "")}" {}\n`);
    await callSaved(saved, endpoints.saveRevision, { body: { parent: 1, files, message: markup, by: "<b>Ada</b>" } });
    let found = 0;
    const reading = routes.filter(({ endpoint, name }) => endpoint.method === "get" && name !== "events");
    for (const route of reading.filter(({ parts }) => parts.includes("design"))) {
      const answer = await callRoute(saved, route, { token: saved.key, parts: { revision: "2" } });
      if (answer.text.includes("onerror")) found++;
      expect(answer.headers).toMatchObject({
        "content-type": expect.stringMatching(/^application\/(problem\+)?json; charset=utf-8$/),
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringMatching(/^default-src 'none'.*sandbox$/),
      });
      expect(JSON.stringify(answer.headers)).not.toMatch(/onerror|<b>/);
    }
    expect(found).toBeGreaterThanOrEqual(5);
  });

  test("is one line where a line is meant, so that no log, header or history is forged", async () => {
    const { url } = await start();
    const saved = await saveDesign(url);
    const forged = [
      "a\r\nSet-Cookie: b=c",
      'a\n{"level":30,"msg":"forged"}',
      "a\u2028b",
      "\u202Eevil",
      "a\u0000b",
      "a\u001b[2J",
    ];
    for (const text of forged) {
      const calls = [
        callSaved(saved, endpoints.changeDesign, { body: { name: text } }),
        callSaved(saved, endpoints.comment, { body: { revision: 1, text: "hm", by: text } }),
        callSaved(saved, endpoints.createLink, { body: { role: "viewer", label: text } }),
        callSaved(saved, endpoints.saveRevision, { body: { parent: 1, files: filesOf(savedText), message: text } }),
        callSaved(saved, endpoints.recordBundle, { body: { revision: 1, format: text, targets: [] } }),
        callSaved(saved, endpoints.recordBundle, { body: { revision: 1, format: "zip", targets: [text] } }),
      ];
      expect(new Set((await Promise.all(calls)).map(kindOf))).toEqual(new Set(["invalid-request"]));
    }
  });
});

test("no address leads to another site, whatever host, scheme or path is claimed", async () => {
  const { url } = await start();
  const claimed = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", forwarded: "host=evil.example" };
  const paths = [
    "//evil.example",
    "//evil.example/..",
    "/\\evil.example",
    "/%2f%2fevil.example",
    "/assets",
    "/?to=//evil.example",
  ];
  for (const path of paths) {
    const answer = await send(url, path, { headers: { ...claimed, accept: "text/html" } });
    expect([path, Math.floor(answer.status / 100)]).not.toEqual([path, 3]);
    expect(answer.headers.location).toBeUndefined();
  }
  const created = await send(url, endpoints.createDesign.path, {
    method: "POST",
    headers: { ...claimed, "content-type": "application/json" },
    body: JSON.stringify({ name: "test", files: filesOf(savedText) }),
  });
  expect(created.headers.location).toMatch(/^\/api\/v1\/designs\/[\w-]{22}$/);
});

test("a forged X-Forwarded-For hides from nobody where a link was used", async () => {
  const { url } = await start();
  const saved = await saveDesign(url);
  const { token } = await makeLink(saved, "viewer");
  const headers = { "x-forwarded-for": "198.51.100.7", forwarded: "for=198.51.100.7", "x-real-ip": "198.51.100.7" };
  await callSaved(saved, endpoints.design, { token, headers });
  const [link] = linkListSchema.parse(JSON.parse((await callSaved(saved, endpoints.listLinks)).text));
  expect(link?.uses.map(({ network }) => network)).toEqual(["127.0.0.0/24"]);
});
