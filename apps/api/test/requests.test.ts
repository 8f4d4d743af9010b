import { describe, expect, test } from "vitest";
import { designLimits, requestLimits } from "@hauberk/contract";
import { postValidation, problemOf, send, startTestServer, validationOf } from "./test-server.ts";

const text = "profile test { }\n";

describe("who may ask", () => {
  test("only known host names are served, so that another site can't point its name here", async () => {
    const url = await startTestServer({ allowedHosts: ["hauberk.example"] });
    const port = new URL(url).port;
    const status = async (host: string) => (await send(url, "/healthz", { headers: { host } })).status;
    for (const host of [
      "localhost",
      `localhost:${port}`,
      "LOCALHOST",
      `127.0.0.1:${port}`,
      "[::1]",
      "hauberk.example",
    ]) {
      expect([host, await status(host)]).toEqual([host, 200]);
    }
    for (const host of ["evil.example", "localhost.evil.example", "hauberk.example.evil.example", "127.0.0.1.nip.io"]) {
      expect([host, await status(host)]).toEqual([host, 421]);
    }
    expect(problemOf(await send(url, "/", { headers: { host: "evil.example" } })).type).toBe(
      "/problems/host-not-allowed",
    );
  });

  test.each([
    ["a page of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another port of this machine", { "sec-fetch-site": "same-site", origin: "http://localhost:9999" }],
    ["an older browser's page of another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["a page that claims our origin, whose browser says otherwise", { "sec-fetch-site": "cross-site" }],
  ])("%s can't start a validation", async (_who, headers) => {
    const url = await startTestServer();
    const answer = await postValidation(url, validationOf(text), headers);
    expect(answer.status).toBe(403);
    expect(problemOf(answer).type).toBe("/problems/cross-site");
  });

  test("our own page and a program that is no browser can", async () => {
    const url = await startTestServer();
    const { host } = new URL(url);
    for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { origin: `http://${host}` }]) {
      expect((await postValidation(url, "{}", headers)).status).toBe(400);
    }
  });

  test("beyond the rate limit comes 429 and when to come again, whatever X-Forwarded-For says", async () => {
    const url = await startTestServer({ rateLimits: { requestsPerMinute: 100, validationsPerMinute: 2 } });
    const ask = (from: string) => postValidation(url, "{}", { "x-forwarded-for": from });
    expect((await ask("192.0.2.1")).status).toBe(400);
    expect((await ask("192.0.2.2")).status).toBe(400);
    const refused = await ask("192.0.2.3");
    expect(problemOf(refused)).toMatchObject({ status: 429, type: "/problems/too-many-requests" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await send(url, "/api/v1/openapi.json")).status).toBe(200);
  });

  test("behind a named proxy each client has its own limit", async () => {
    const url = await startTestServer({
      rateLimits: { requestsPerMinute: 100, validationsPerMinute: 1 },
      trustedProxies: ["127.0.0.1"],
    });
    const statuses = [];
    for (const address of ["192.0.2.1", "192.0.2.2", "192.0.2.1"]) {
      statuses.push((await postValidation(url, "{}", { "x-forwarded-for": address })).status);
    }
    expect(statuses).toEqual([400, 400, 429]);
  });
});

describe("bodies", () => {
  test("only JSON in UTF-8, uncompressed", async () => {
    const url = await startTestServer();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""]) {
      expect([type, (await postValidation(url, "{}", { "content-type": type })).status]).toEqual([type, 415]);
    }
    expect((await postValidation(url, "{}", { "content-encoding": "gzip" })).status).toBe(415);
    expect((await postValidation(url, "{}", { "content-type": "application/json; charset=UTF-8" })).status).toBe(400);
  });

  test("a body beyond the limit is 413, announced or not", async () => {
    const url = await startTestServer();
    const large = `"${"a".repeat(requestLimits.bodyBytes)}"`;
    expect(problemOf(await postValidation(url, large)).status).toBe(413);
    const chunked = await postValidation(url, large, { "transfer-encoding": "chunked" });
    expect(chunked.status).toBe(413);
  });

  test.each([
    ["cut off", '{"name":"x"', "cut off|character"],
    ["no JSON", "<xml/>", "no JSON"],
    ["empty", "", "cut off|character"],
  ])("a body that is %s is 400 with its place and without a quote of it", async (_what, body, place) => {
    const problem = problemOf(await postValidation(await startTestServer(), body));
    expect(problem).toMatchObject({ status: 400, type: "/problems/malformed-json" });
    expect(problem.detail).toMatch(new RegExp(place));
    expect(problem.detail).not.toContain("xml");
  });

  test("bytes that are not UTF-8 are told with their place, never replaced", async () => {
    const url = await startTestServer();
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const answer = await send(url, "/api/v1/validations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(problemOf(answer).detail).toContain("from byte 10 on");
  });

  test("nesting and number of values are limited before anything is built", async () => {
    const url = await startTestServer();
    const deep = `{"config":${"[".repeat(100_000)}`;
    expect(problemOf(await postValidation(url, deep)).detail).toContain("deeper than");
    const wide = JSON.stringify({ config: Array.from({ length: requestLimits.values }, () => 1) });
    expect(problemOf(await postValidation(url, wide)).detail).toContain("more than");
    const quoted = validationOf(`# ${"[{,".repeat(30_000)}`, { targets: [] });
    expect(problemOf(await postValidation(url, quoted)).errors).toEqual([
      { pointer: "/targets", message: expect.any(String) },
    ]);
  });

  test.each(['"__proto__"', '"\\u005f_proto__"'])("a member named %s is refused wherever it is", async (member) => {
    const url = await startTestServer();
    const body = JSON.stringify(validationOf(text, { config: { peers: [{ XX: { polluted: true } }] } }));
    const answer = await postValidation(url, body.replace('"XX"', member));
    expect(problemOf(answer)).toMatchObject({ status: 400, detail: expect.stringContaining("__proto__") });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("every place that is wrong is pointed at", async () => {
    const url = await startTestServer();
    const answer = await postValidation(url, {
      name: "a\nb",
      files: [
        { path: "apparmor.d/a", text },
        { path: "apparmor.d/../a", text },
      ],
      targets: ["debian-12", "Debian 12"],
      effrot: "full",
    });
    const pointers = problemOf(answer).errors?.map((error) => error.pointer);
    expect(pointers?.toSorted()).toEqual(["", "/files/1/path", "/name", "/targets/1"]);
  });

  test.each([
    "../etc/passwd",
    "apparmor.d/../../etc/passwd",
    "/etc/apparmor.d/x",
    "C:\\x",
    "apparmor.d/a\\b",
    "apparmor.d/a\0b",
    "apparmor.d//x",
    "apparmor.d/./x",
    "apparmor.d/x/",
    "apparmor.d/a\r\nb",
    "apparmor.d/\u202ex",
    "apparmor.d/local/x",
    "apparmor.d",
    "hauberk.json",
    "other/x",
    `apparmor.d/${"x".repeat(300)}`,
  ])("the path %j is refused", async (path) => {
    const url = await startTestServer();
    const problem = problemOf(
      await postValidation(url, { name: "x", files: [{ path, text }], targets: ["debian-12"] }),
    );
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: "/files/0/path" }] });
  });

  test("the same path twice, and a file that is a folder too, are refused", async () => {
    const url = await startTestServer();
    for (const paths of [
      ["a", "a"],
      ["a/b", "a"],
      ["a", "a/b"],
    ]) {
      const files = paths.map((path) => ({ path: `apparmor.d/${path}`, text }));
      expect((await postValidation(url, validationOf(text, { files }))).status).toBe(400);
    }
  });

  test("more text than a design may hold is refused", async () => {
    const url = await startTestServer();
    const large = "é".repeat(designLimits.fileBytes / 2 + 1);
    expect(problemOf(await postValidation(url, validationOf(large))).errors?.[0]?.pointer).toBe("/files/0/text");
    const part = "x".repeat(designLimits.fileBytes);
    const files = ["a", "b", "c"].map((name) => ({ path: `apparmor.d/${name}`, text: part }));
    expect(problemOf(await postValidation(url, validationOf(text, { files }))).errors?.[0]?.pointer).toBe("/files");
  });
});
