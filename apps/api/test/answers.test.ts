import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { openapi } from "@hauberk/contract/openapi";
import { problemKinds } from "@hauberk/contract";
import { createSandbox } from "@hauberk/sandbox";
import { openStore } from "@hauberk/store";
import { pino } from "pino";
import { createApp } from "../src/app.ts";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { builtWeb, postValidation, problemOf, send, startTestServer } from "./test-server.ts";

const page = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("headers", () => {
  test("a page may load only what this service serves, and nobody may frame it", async () => {
    const { headers } = await send(await startTestServer(), "/", { headers: page });
    const policy = Object.fromEntries(
      String(headers["content-security-policy"])
        .split(";")
        .map((directive) => {
          const [name = "", ...sources] = directive.trim().split(" ");
          return [name, sources.join(" ")];
        }),
    );
    expect(policy).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "worker-src": "'self'",
      "style-src": "'self' 'unsafe-inline'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "manifest-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
    });
  });

  test.each(["/", "/assets/index-0a1b2c3d.js", "/healthz", "/api/v1/openapi.json", "/api/nothing"])(
    "%s carries every protective header and no word about what it runs on",
    async (path) => {
      const { headers } = await send(await startTestServer(), path, { headers: page });
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "permissions-policy": expect.stringContaining("camera=()"),
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(headers).not.toHaveProperty("x-powered-by");
      expect(headers).not.toHaveProperty("server");
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    },
  );

  test("an answer of the API runs nothing, however it is opened", async () => {
    const { headers } = await send(await startTestServer(), "/api/v1/openapi.json");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'.*sandbox$/);
  });
});

describe("errors", () => {
  test("an unknown path of the API is a problem with the request's id", async () => {
    const answer = await send(await startTestServer(), "/api/v1/nothing", { headers: page });
    expect(problemOf(answer)).toEqual({
      type: "/problems/not-found",
      title: problemKinds["not-found"].title,
      status: 404,
      detail: expect.stringContaining("openapi.json"),
      instance: `urn:uuid:${String(answer.headers["x-request-id"])}`,
    });
  });

  test("a client can't choose the request's id", async () => {
    const answer = await send(await startTestServer(), "/healthz", { headers: { "x-request-id": "chosen" } });
    expect(answer.headers["x-request-id"]).not.toBe("chosen");
  });

  test("another method is refused with those that there are", async () => {
    const url = await startTestServer();
    const answer = await send(url, "/api/v1/validations", { method: "GET" });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
    const removal = await send(url, "/api/v1/targets", { method: "DELETE" });
    expect([removal.status, removal.headers.allow]).toEqual([405, "GET, HEAD"]);
    expect((await send(url, "/", { method: "POST" })).status).toBe(405);
  });

  test("a fault of the service tells nothing of its inside", async () => {
    const engine = createSandbox({ targets: "/nowhere/secret" });
    const answer = await send(await startTestServer({ engine }), "/api/v1/targets");
    expect(problemOf(answer)).toMatchObject({ status: 500, type: "/problems/internal" });
    expect(answer.text).not.toMatch(/secret|ENOENT|\.ts|node_modules/);
  });

  test.each([
    "/%",
    "/%ff%fe",
    "/api/v1/compiled/%c0%ae",
    "/..%2f..%2fetc%2fpasswd",
    "//evil.example/%2e%2e",
    "/assets/..%5c..%5cx",
  ])("the odd path %s is refused without a trace of this machine", async (path) => {
    const answer = await send(await startTestServer(), path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/root:|node_modules|apps\/api|at /);
  });

  test("a log line can't be forged, and holds no body, query or header", async () => {
    const written: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => void written.push(line) });
    const url = await startTestServer({ logger });
    await send(url, '/api/v1/x%0a{"level":30}?token=secret', {
      headers: { cookie: "secret=1", "user-agent": "secret" },
    });
    await postValidation(url, '{"name":"secret"}');
    await expect.poll(() => written.length).toBeGreaterThanOrEqual(2);
    expect(written.every((line) => line.endsWith("}\n") && line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(written.join("")).not.toContain("secret");
  });
});

describe("the contract", () => {
  test("every route is in the OpenAPI document, and every operation of the document is a route", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-api-"));
    const store = await openStore({ folder });
    const app = createApp({ engine: sandboxEngine(), store, logger: pino({ level: "silent" }), webRoot: builtWeb });
    onTestFinished(async () => {
      await app.stop(0);
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const routes = app.routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
    const operations = Object.entries(openapi().paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(operations.toSorted()).toEqual(routes.toSorted());
  });

  test("the document is served as it is made", async () => {
    const answer = await send(await startTestServer(), "/api/v1/openapi.json");
    expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(openapi())));
  });
});

describe("the built web application", () => {
  const index = readFileSync(join(builtWeb, "index.html"), "utf8");

  test("a navigation to any path gets the application, asked for anew each time", async () => {
    const url = await startTestServer();
    for (const path of ["/", "/design/one", "/file/apparmor.d/usr.bin.rustnet"]) {
      const answer = await send(url, path, { headers: page });
      expect([answer.status, answer.text]).toEqual([200, index]);
      expect(answer.headers["cache-control"]).toBe("no-cache");
    }
  });

  test("an asset never changes, the service worker may at any time", async () => {
    const url = await startTestServer();
    const asset = await send(url, "/assets/index-0a1b2c3d.js");
    expect(asset.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "text/javascript; charset=utf-8",
    });
    expect((await send(url, "/sw.js")).headers["cache-control"]).toBe("no-cache");
  });

  test("an asset goes out as the build compressed it to whoever takes it so", async () => {
    const webRoot = mkdtempSync(join(tmpdir(), "hauberk-web-"));
    onTestFinished(() => rmSync(webRoot, { recursive: true }));
    const text = "document.title = 'Packed';\n".repeat(100);
    mkdirSync(join(webRoot, "assets"));
    writeFileSync(join(webRoot, "assets/index-0a1b2c3d.js"), text);
    writeFileSync(join(webRoot, "assets/index-0a1b2c3d.js.br"), brotliCompressSync(text));
    writeFileSync(join(webRoot, "assets/index-0a1b2c3d.js.gz"), gzipSync(text));
    writeFileSync(join(webRoot, "assets/other-0a1b2c3d.js"), text);
    const url = await startTestServer({ webRoot });
    const coding = async (name: string, headers: Record<string, string>) => {
      const answer = await send(url, `/assets/${name}-0a1b2c3d.js`, { headers });
      expect(answer.headers).toMatchObject({
        vary: expect.stringContaining("Accept-Encoding"),
        "cache-control": "public, max-age=31536000, immutable",
        "content-type": "text/javascript; charset=utf-8",
      });
      return answer.headers["content-encoding"];
    };
    expect(await coding("index", { "accept-encoding": "gzip, deflate, br, zstd" })).toBe("br");
    expect(await coding("index", { "accept-encoding": "gzip, br;q=0" })).toBe("gzip");
    expect(await coding("index", {})).toBeUndefined();
    expect(await coding("index", { "accept-encoding": "br", range: "bytes=0-9" })).toBeUndefined();
    expect(await coding("other", { "accept-encoding": "br" })).toBeUndefined();
    const fetched = await fetch(`${url}assets/index-0a1b2c3d.js`);
    expect(await fetched.text()).toBe(text);
  });

  test("a missing asset or file is 404, never the application", async () => {
    const url = await startTestServer();
    expect((await send(url, "/assets/index-ffffffff.js", { headers: page })).status).toBe(404);
    expect((await send(url, "/missing.js", { headers: { accept: "*/*" } })).status).toBe(404);
  });

  test("while it is not built, the page says so in plain words and the API answers", async () => {
    const url = await startTestServer({ webRoot: join(builtWeb, "nowhere") });
    const answer = await send(url, "/", { headers: page });
    expect(answer.status).toBe(503);
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.text).toContain("npm run build");
    expect((await send(url, "/healthz")).status).toBe(200);
  });
});

describe("slow clients", () => {
  test.each([
    ["headers", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "],
    [
      "a body",
      "POST /api/v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    ],
  ])("one that never ends its %s is dropped", async (_part, start) => {
    const url = await startTestServer({ timeouts: { headers: 100, request: 200, checkEvery: 50 } });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.write(start);
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });
});
