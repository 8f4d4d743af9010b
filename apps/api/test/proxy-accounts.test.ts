import { describe, expect, test } from "vitest";
import { accountSchema, createdDesignSchema, endpoints } from "@hauberk/contract";
import { readSettings } from "../src/settings.ts";
import { proxyVariables, startBehindProxy } from "./proxy-service.ts";
import { call, filesOf } from "./saved-design.ts";
import { send, startTestServer } from "./test-server.ts";
import type { Sent } from "./test-server.ts";

/** Whom the service takes the request to come from. */
async function accountOf(url: string, headers: NonNullable<Sent["headers"]>) {
  return accountSchema.parse(JSON.parse((await send(url, "/api/v1/account", { headers })).text));
}

/** Why the service does not start with these proxyVariables. */
function problems(environment: Record<string, string>): readonly string[] {
  const outcome = readSettings(environment, false);
  return outcome.ok ? [] : outcome.problems;
}

describe("a proxy that says who is signed in", () => {
  test("is believed at its own address: the same user is the same account, as they are called now", async () => {
    const url = await startBehindProxy(["loopback"]);
    const first = await accountOf(url, {
      "x-remote-user": "u1",
      "x-remote-name": "Ada",
      "x-remote-email": "Ada@Example.org",
    });
    expect(first).toEqual({
      account: { id: expect.stringMatching(/^[\w-]{22}$/), name: "Ada", email: "ada@example.org" },
      signIn: "proxy",
    });
    const renamed = await accountOf(url, { "x-remote-user": "u1" });
    expect(renamed.account).toEqual({ id: first.account?.id, name: "u1", email: null });
    expect((await accountOf(url, { "x-remote-user": "u2" })).account?.id).not.toBe(first.account?.id);
    expect(await accountOf(url, {})).toEqual({ account: null, signIn: "proxy" });
  });

  test("names are in UTF-8, and no name breaks a line", async () => {
    const url = await startBehindProxy(["127.0.0.1"]);
    const name = Buffer.from("Zoë\u202e \u2028!").toString("latin1");
    expect((await accountOf(url, { "x-remote-user": "z", "x-remote-name": name })).account?.name).toBe("Zoë   !");
  });

  test("from anywhere else the header is a forgery, whatever X-Forwarded-For says", async () => {
    const url = await startBehindProxy(["192.0.2.7"]);
    const forged = { "x-remote-user": "u1", "x-forwarded-for": "192.0.2.7" };
    expect(await accountOf(url, forged)).toEqual({ account: null, signIn: "proxy" });
    const body = { name: "test", files: filesOf("# a\n"), by: "Mallory" };
    const saved = await call(url, endpoints.createDesign, { body, headers: forged });
    expect(createdDesignSchema.parse(JSON.parse(saved.text)).design.newest.by).toEqual({
      name: "Mallory",
      account: null,
    });
  });

  test("a header that is there twice, or is too long for a name, is nobody's", async () => {
    const url = await startBehindProxy(["127.0.0.0/8"]);
    expect((await accountOf(url, { "x-remote-user": ["admin", "u1"] })).account).toBeNull();
    expect((await accountOf(url, { "x-remote-user": "x".repeat(256) })).account).toBeNull();
  });

  test("what an account saves has its name, and a page of another site can't save in it", async () => {
    const url = await startBehindProxy(["127.0.0.1"]);
    const headers = { "x-remote-user": "u1", "x-remote-name": "Ada" };
    const body = { name: "test", files: filesOf("# a\n"), by: "Mallory" };
    const saved = await call(url, endpoints.createDesign, { body, headers });
    expect(createdDesignSchema.parse(JSON.parse(saved.text)).design.newest.by.name).toBe("Ada");
    for (const site of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }]) {
      expect((await call(url, endpoints.createDesign, { body, headers: { ...headers, ...site } })).status).toBe(403);
    }
  });
});

describe("the settings", () => {
  test("without accounts nobody is signed in, whatever a request says", async () => {
    expect(await accountOf(await startTestServer({ trustedProxies: ["loopback"] }), { "x-remote-user": "u1" })).toEqual(
      {
        account: null,
        signIn: "none",
      },
    );
  });

  test("a header without the address of a proxy is refused", () => {
    expect(problems(proxyVariables)).toEqual([expect.stringContaining("HAUBERK_TRUSTED_PROXIES")]);
    expect(problems({ ...proxyVariables, HAUBERK_TRUSTED_PROXIES: "127.0.0.1" })).toEqual([]);
  });

  test.each([
    ["a proxy that is no address", { ...proxyVariables, HAUBERK_TRUSTED_PROXIES: "proxy.example" }, "`proxy.example`"],
    ["a network that is none", { ...proxyVariables, HAUBERK_TRUSTED_PROXIES: "10.0.0.0/64" }, "`10.0.0.0/64`"],
    ["more of a user whom nothing names", { HAUBERK_PROXY_EMAIL_HEADER: "X-Mail" }, "HAUBERK_PROXY_USER_HEADER"],
    ["a header that is none", { HAUBERK_PROXY_USER_HEADER: "X Remote" }, "HAUBERK_PROXY_USER_HEADER"],
  ])("%s is told", (_what, environment, named) => {
    expect(problems(environment)).toEqual([expect.stringContaining(named)]);
  });
});
