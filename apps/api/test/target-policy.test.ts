import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { targetPolicySchema } from "@hauberk/contract";
import { createSandbox } from "@hauberk/sandbox";
import { problemOf, send, startTestServer } from "./test-server.ts";

const path = "/api/v1/targets/debian-12/policy";

/** The bytes of an answer, as they came. */
function bytesOf(url: string, headers: Record<string, string>): Promise<{ coding: string | undefined; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    httpRequest(new URL(path, url), { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ coding: response.headers["content-encoding"], bytes: Buffer.concat(chunks) }));
    })
      .on("error", reject)
      .end();
  });
}

describe("a target's policy", () => {
  test("comes whole, and only once for as long as it is the same", async () => {
    const url = await startTestServer();
    const answer = await send(url, path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
    const policy = targetPolicySchema.parse(JSON.parse(answer.text));
    expect(policy).toMatchObject({ target: "debian-12", parser: "3.0.8" });
    expect(policy.files.find((file) => file.path === "tunables/home")?.text).toContain("@{HOMEDIRS}");
    const tag = String(answer.headers.etag);
    expect(answer.headers["cache-control"]).toBe("private, no-cache");
    const again = await send(url, path, { headers: { "if-none-match": tag } });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, "", tag]);
    expect((await send(url, path, { headers: { "if-none-match": 'W/"other"' } })).status).toBe(200);
  });

  test("comes compressed to who takes it so", async () => {
    const url = await startTestServer();
    const plain = await bytesOf(url, {});
    const br = await bytesOf(url, { "accept-encoding": "gzip, deflate, br" });
    const gz = await bytesOf(url, { "accept-encoding": "gzip" });
    expect([plain.coding, br.coding, gz.coding]).toEqual([undefined, "br", "gzip"]);
    expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
    expect(gunzipSync(gz.bytes).equals(plain.bytes)).toBe(true);
    expect(br.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });

  test("is a problem that says what to do where the target is unknown, misnamed or not usable", async () => {
    const cache = mkdtempSync(join(tmpdir(), "hauberk-test-"));
    onTestFinished(() => rmSync(cache, { recursive: true }));
    const url = await startTestServer({ engine: createSandbox({ cache }) });
    const unknown = problemOf(await send(url, "/api/v1/targets/plan-9/policy"));
    expect(unknown).toMatchObject({ status: 404, detail: expect.stringContaining("`debian-12`") });
    const misnamed = problemOf(await send(url, "/api/v1/targets/..%2f..%2fetc/policy"));
    expect(misnamed).toMatchObject({ status: 400, type: "/problems/invalid-request" });
    const unusable = problemOf(await send(url, path));
    expect(unusable).toMatchObject({
      status: 503,
      type: "/problems/target-unusable",
      detail: expect.stringContaining("npm run toolchains debian-12"),
    });
  });
});
