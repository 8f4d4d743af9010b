import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { createdDesignSchema, endpoints } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import type { Store, StorePlace } from "@hauberk/store";
import { newFolder, onBothStores } from "../../../packages/store/test/both-stores.ts";
import { readAccountSettings } from "../src/accounts/account-settings.ts";
import { openAccounts } from "../src/accounts/open-accounts.ts";
import { readSettings } from "../src/settings.ts";
import { readLatest } from "../src/features/events/events-store.ts";
import { callerOf, makeLink, saveDesign } from "./design-calls.ts";
import { followDesign } from "./event-reader.ts";
import { Browser } from "./openid-flow.ts";
import { clientId, clientSecret, freePort, startProvider as launchProvider } from "./openid-provider.ts";
import type { RunningProvider } from "./openid-provider.ts";
import { openNewStore } from "./proxy-service.ts";
import { filesOf } from "./saved-design.ts";
import { problemOf, send, startTestServer } from "./test-server.ts";
import type { Received } from "./test-server.ts";

/** A service whose accounts a real provider keeps. */
interface Service {
  readonly url: string;
  readonly store: Store;
  readonly provider: RunningProvider;
  /** What the service takes for the time. */
  readonly clock: { now: Date };
  /** What it has logged. */
  readonly log: string[];
}

async function start(place: StorePlace): Promise<Service> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const provider = await startProvider(url);
  const log: string[] = [];
  const logger = pino({ level: "trace" }, { write: (line: string) => void log.push(line) });
  const store = await openStore(place);
  const clock = { now: new Date() };
  await serve({ url, store, issuer: provider.issuer, logger, now: () => clock.now });
  return { url, store, provider, clock, log };
}

async function startProvider(service: string, port = 0): Promise<RunningProvider> {
  const provider = await launchProvider(service, { port });
  onTestFinished(() => provider.stop());
  return provider;
}

async function serve(given: {
  readonly url: string;
  readonly store: Store;
  readonly issuer: URL;
  readonly logger?: pino.Logger;
  readonly now?: () => Date;
}): Promise<void> {
  const { url, store, issuer, logger = pino({ level: "silent" }), now = () => new Date() } = given;
  const settings = readAccountSettings(
    {
      HAUBERK_OIDC_ISSUER: issuer.href,
      HAUBERK_OIDC_CLIENT_ID: clientId,
      HAUBERK_OIDC_CLIENT_SECRET: clientSecret,
      HAUBERK_PUBLIC_URL: url,
    },
    [],
  );
  if (!settings.ok) throw new Error(settings.problems.join("\n"));
  const accounts = openAccounts(settings.accounts, store, logger, now);
  await startTestServer({ store, accounts, logger, now, ports: [Number(new URL(url).port)] });
}

/** What a browser shows a service of what it was given there. */
function cookieOf(browser: Browser, url: string): string {
  return [...browser.cookies(new URL(url).origin)].map((pair) => pair.join("=")).join("; ");
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const nobody = { account: null, signIn: "openid" };

/** The kind of the problem that an answer tells. */
function refusal(answer: Received): string {
  return problemOf(answer).type.replace("/problems/", "");
}

onBothStores(({ newPlace }) => {
  const startHere = async (): Promise<Service> => start(await newPlace());

  describe("signing in at a provider of accounts", () => {
    test("goes there, comes back to the path where it began, and the service knows who it is", async () => {
      const { url, store, provider, log } = await startHere();
      provider.people.set("ada", { name: "Ada", email: "Ada@Example.org", email_verified: true });
      const browser = new Browser();
      expect(await browser.account(url)).toEqual(nobody);
      const page = await browser.begin(url, "/review/abc?x=1");
      expect(Object.fromEntries(page.searchParams)).toMatchObject({
        response_type: "code",
        scope: "openid profile email",
        code_challenge_method: "S256",
        state: expect.stringMatching(/.{32}/),
        nonce: expect.stringMatching(/.{32}/),
      });
      const back = await browser.go(await browser.agree(page, "ada", url));
      expect([back.status, back.headers.location, back.headers["cache-control"]]).toEqual([
        303,
        "/review/abc?x=1",
        "no-store",
      ]);
      const cookie = back.headers["set-cookie"]?.find((line) => line.startsWith("hauberk-session="));
      expect(cookie).toMatch(/^hauberk-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      const { account } = await browser.account(url);
      expect(account).toEqual({ id: expect.any(String), name: "Ada", email: "ada@example.org" });

      // The store and the log hold nothing by which somebody else could come in.
      const secret = browser.cookies(new URL(url).origin).get("hauberk-session") ?? "";
      expect(JSON.stringify(await store.db.selectFrom("sessions").selectAll().execute())).not.toContain(secret);
      expect(log.join("")).not.toMatch(new RegExp(`${secret}|code=|state=|${encodeURIComponent(clientSecret)}`));

      // What an account saves bears its name; by its cookie alone no other site can save anything.
      const body = JSON.stringify({ name: "test", files: filesOf("# a\n"), by: "Mallory" });
      const post = { method: "POST", headers: { "content-type": "application/json" }, body };
      const saved = await browser.go(new URL(endpoints.createDesign.path, url), post);
      expect(createdDesignSchema.parse(JSON.parse(saved.text)).design.newest.by).toEqual({
        name: "Ada",
        account: account?.id,
      });
      for (const site of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }]) {
        const headers = { ...post.headers, ...site };
        expect(refusal(await browser.go(new URL(endpoints.createDesign.path, url), { ...post, headers }))).toBe(
          "cross-site",
        );
      }
    });

    test("the same person is the same account, and an address that the provider has not proven is none", async () => {
      const { url, provider } = await startHere();
      const [first, second] = [new Browser(), new Browser()];
      provider.people.set("ada", { preferred_username: "ada7", email: "ada@example.org", email_verified: false });
      await first.signIn(url, "ada");
      const before = (await first.account(url)).account;
      expect(before).toMatchObject({ name: "ada7", email: null });
      provider.people.set("ada", { name: "Ada\u202e", email: "ada@example.org", email_verified: true });
      await second.signIn(url, "ada");
      expect((await second.account(url)).account).toEqual({ id: before?.id, name: "Ada", email: "ada@example.org" });
      expect((await first.account(url)).account?.email).toBe("ada@example.org");
    });

    test("each sign-in is a new session; the one before, one that was signed out and one past its time open nothing", async () => {
      const { url, provider, clock } = await startHere();
      provider.people.set("ada", { name: "ada" });
      const { origin } = new URL(url);
      const browser = new Browser();
      const sessionOf = () => browser.cookies(origin).get("hauberk-session") ?? "";
      const isOpen = async (session: string) =>
        (await send(url, "/api/v1/account", { headers: { cookie: `hauberk-session=${session}` } })).text.includes(
          "ada",
        );
      await browser.signIn(url, "ada");
      const first = sessionOf();
      expect(await isOpen(first)).toBe(true);
      await browser.signIn(url, "ada");
      const second = sessionOf();
      expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);

      const logout = new URL("/auth/logout", url);
      expect(refusal(await browser.go(logout, { method: "POST", headers: { "sec-fetch-site": "cross-site" } }))).toBe(
        "cross-site",
      );
      expect((await browser.go(logout)).status).toBe(405);
      expect(await isOpen(second)).toBe(true);
      expect((await browser.go(logout, { method: "POST" })).status).toBe(204);
      expect(sessionOf()).toBe("");
      expect(await isOpen(second)).toBe(false);

      await browser.signIn(url, "ada");
      const third = sessionOf();
      clock.now = new Date(clock.now.getTime() + 6.9 * 24 * 60 * 60_000);
      expect(await isOpen(third)).toBe(true);
      clock.now = new Date(clock.now.getTime() + 0.2 * 24 * 60 * 60_000);
      expect(await isOpen(third)).toBe(false);
    });

    test("signing out, or in anew, ends the streams of that session at once, and of no other", async () => {
      const { url, provider, store } = await startHere();
      const [browser, other] = [new Browser(), new Browser()];
      for (const who of ["ada", "grace"]) {
        provider.people.set(who, { name: who, email: `${who}@example.org`, email_verified: true });
      }
      await browser.signIn(url, "ada");
      await other.signIn(url, "grace");
      const owner = await saveDesign(url);
      const viewer = await makeLink(owner, "viewer");
      // SQLite's file is one process's.
      const elsewhere = store.kind === "postgres" ? `http://127.0.0.1:${await freePort()}/` : url;
      if (elsewhere !== url) {
        await serve({ url: elsewhere, store: await openStore(store.place), issuer: provider.issuer });
      }
      const follow = (by: Browser, at = url) =>
        followDesign(callerOf(at, viewer.design, viewer.token), undefined, { cookie: cookieOf(by, url) });
      const followed = async () => {
        const readers = [
          await follow(browser),
          await follow(browser, elsewhere),
          await follow(other),
          await follow(new Browser()),
        ];
        await Promise.all(readers.map(({ begin }) => begin));
        return readers;
      };
      const ends: readonly (() => Promise<unknown>)[] = [
        () => browser.signIn(url, "ada"),
        () => browser.go(new URL("/auth/logout", url), { method: "POST" }),
      ];
      for (const end of ends) {
        const [mine, mineElsewhere, theirs, nobodys] = await followed();
        await end();
        await Promise.all([mine?.ended, mineElsewhere?.ended]);
        expect((await owner.call("POST", "/comments", { revision: 1, text: "Still here?" })).status).toBe(201);
        const last = (await readLatest(store.db, owner.design)) ?? 0;
        await Promise.all([theirs?.has(last), nobodys?.has(last)]);
      }
    });

    test("two tabs of a browser can sign in at once", async () => {
      const { url } = await startHere();
      const browser = new Browser();
      const [one, other] = [await browser.begin(url, "/one"), await browser.begin(url, "/other")];
      const [first, second] = [await browser.agree(one, "ada", url), await browser.agree(other, "ada", url)];
      expect((await browser.go(second)).headers.location).toBe("/other");
      expect((await browser.go(first)).headers.location).toBe("/one");
    });
  });

  describe("an answer that is not the provider's to this browser", () => {
    test("is refused: a wrong state, another browser, another issuer, a code that was used, one that is made up, a no", async () => {
      const { url, clock } = await startHere();
      const [browser, other] = [new Browser(), new Browser()];
      const answer = async () => browser.agree(await browser.begin(url), "ada", url);
      const changed = async (name: string, value: string) => {
        const came = await answer();
        came.searchParams.set(name, value);
        return browser.go(came);
      };
      expect(refusal(await changed("state", "A".repeat(43)))).toBe("sign-in-failed");
      expect(refusal(await changed("iss", "https://evil.example"))).toBe("sign-in-failed");
      expect(refusal(await changed("code", "made-up"))).toBe("sign-in-failed");

      const twice = await answer();
      twice.searchParams.append("state", "A".repeat(43));
      expect(refusal(await browser.go(twice))).toBe("sign-in-failed");

      const no = await answer();
      no.searchParams.delete("code");
      no.searchParams.set("error", "access_denied");
      expect(refusal(await browser.go(no))).toBe("sign-in-failed");

      await other.begin(url);
      expect(refusal(await other.go(await answer()))).toBe("sign-in-failed");

      const late = await answer();
      clock.now = new Date(clock.now.getTime() + 16 * 60_000);
      expect(refusal(await browser.go(late))).toBe("sign-in-failed");
      expect(await browser.account(url)).toEqual(nobody);

      const good = await answer();
      expect((await browser.go(good)).status).toBe(303);
      // Replayed as it came, and with a sign-in of one's own.
      expect(refusal(await browser.go(good))).toBe("sign-in-failed");
      const stolen = await other.agree(await other.begin(url), "mallory", url);
      stolen.searchParams.set("code", good.searchParams.get("code") ?? "");
      expect(refusal(await other.go(stolen))).toBe("sign-in-failed");
      expect(await other.account(url)).toEqual(nobody);
    });
  });
});

describe("a browser that is not signed in", () => {
  test("a browser that asks for a page is sent to one that says why, and that holds nothing of the request", async () => {
    const { url } = await start(await newFolder());
    const page = { headers: { accept: "text/html,application/xhtml+xml" } };
    const why = async (browser: Browser, path: string | URL) => {
      const answer = await browser.go(new URL(path, url), page);
      expect([answer.status, answer.headers["cache-control"]]).toEqual([303, "no-store"]);
      return answer.headers.location;
    };
    const browser = new Browser();
    const no = await browser.agree(await browser.begin(url), "ada", url);
    no.searchParams.delete("code");
    for (const [error, code] of [
      ["access_denied", "refused"],
      ["temporarily_unavailable", "away"],
      ["<script>", "failed"],
    ] as const) {
      no.searchParams.set("error", error);
      expect(await why(browser, no)).toBe(`/sign-in?why=${code}`);
    }
    expect(await why(new Browser(), "/auth/callback?code=a&state=b")).toBe("/sign-in?why=failed");
    expect(await why(browser, "/auth/login?to=//evil.example/")).toBe("/sign-in?why=failed");
    expect((await browser.go(new URL("/sign-in?why=failed", url), page)).status).toBe(200);
  });

  test("a way back that is no path of ours is refused", async () => {
    const { url } = await start(await newFolder());
    for (const to of [
      "https://evil.example/",
      "//evil.example/",
      "/\\evil.example/",
      "/%0d%0aset-cookie:x\n",
      "/a\\..\\b",
      "/\t/evil.example",
      "javascript:alert(1)",
      "review",
      "",
      "/review/abc#hbk_secret",
      `/${"x".repeat(2_001)}`,
    ]) {
      const answer = await send(url, `/auth/login?to=${encodeURIComponent(to)}`);
      expect([to, refusal(answer)]).toEqual([to, "invalid-request"]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });
});

describe("a provider that is not as it should be", () => {
  test("one that is away is told, and is asked again the next time", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const later = await freePort();
    await serve({ url, store: await openNewStore(), issuer: new URL(`http://127.0.0.1:${later}`) });
    const browser = new Browser();
    const away = await browser.go(new URL("/auth/login", url));
    expect([refusal(away), away.headers["retry-after"]]).toEqual(["provider-away", "5"]);
    expect(await browser.account(url)).toEqual(nobody);
    await startProvider(url, later);
    expect((await browser.signIn(url, "ada")).status).toBe(303);
  });

  test("one that says it is another is not believed", async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const { issuer } = await startProvider(url);
    const claims = await (await fetch(new URL(".well-known/openid-configuration", issuer))).text();
    const impostor = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(claims);
    });
    onTestFinished(() => void impostor.close());
    await serve({
      url,
      store: await openNewStore(),
      issuer: new URL(`http://127.0.0.1:${await listen(impostor)}`),
    });
    expect(refusal(await send(url, "/auth/login"))).toBe("provider-away");
  });

  test("the accounts of one that was set up before are not signed in any more", async () => {
    const { url, store } = await start(await newFolder());
    const browser = new Browser();
    await browser.signIn(url, "ada");
    const session = browser.cookies(new URL(url).origin).get("hauberk-session") ?? "";
    const moved = `http://127.0.0.1:${await freePort()}/`;
    await serve({ url: moved, store, issuer: new URL("https://accounts.example") });
    const answer = await send(moved, "/api/v1/account", { headers: { cookie: `hauberk-session=${session}` } });
    expect(JSON.parse(answer.text)).toEqual(nobody);
  });
});

test("over TLS the cookies are the host's own, and go over nothing else", async () => {
  const { provider } = await start(await newFolder());
  const port = await freePort();
  const store = await openNewStore();
  const settings = readAccountSettings(
    {
      HAUBERK_OIDC_ISSUER: provider.issuer.href,
      HAUBERK_OIDC_CLIENT_ID: clientId,
      HAUBERK_PUBLIC_URL: "https://hauberk.example",
    },
    [],
  );
  if (!settings.ok) throw new Error(settings.problems.join("\n"));
  const accounts = openAccounts(settings.accounts, store, pino({ level: "silent" }));
  const answer = await send(await startTestServer({ store, accounts, ports: [port] }), "/auth/login");
  expect(answer.headers["set-cookie"]).toEqual([
    expect.stringMatching(/^__Host-hauberk-sign-in=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/),
  ]);
  expect(new URL(answer.headers.location ?? "").searchParams.get("redirect_uri")).toBe(
    "https://hauberk.example/auth/callback",
  );
});

test("without a provider nobody signs in, out or comes back", async () => {
  const url = await startTestServer();
  for (const [method, path] of [
    ["GET", "/auth/login"],
    ["GET", "/auth/callback?code=a&state=b"],
    ["POST", "/auth/logout"],
  ] as const) {
    expect([path, refusal(await send(url, path, { method }))]).toEqual([path, "not-found"]);
  }
});

describe("the settings", () => {
  const good = {
    HAUBERK_OIDC_ISSUER: "https://accounts.example",
    HAUBERK_OIDC_CLIENT_ID: "hauberk",
    HAUBERK_PUBLIC_URL: "https://hauberk.example",
  };

  test("the secret may lie in a file, and the public name is served", () => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-secret-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "secret");
    writeFileSync(file, "s3cret\n");
    const outcome = readSettings({ ...good, HAUBERK_OIDC_CLIENT_SECRET_FILE: file }, false);
    expect(outcome).toMatchObject({
      ok: true,
      settings: {
        allowedHosts: ["hauberk.example"],
        accounts: { kind: "openid", openId: { clientSecret: "s3cret" } },
      },
    });
  });

  test.each([
    ["a provider over plain HTTP", { HAUBERK_OIDC_ISSUER: "http://accounts.example" }, "HAUBERK_OIDC_ISSUER"],
    ["no address of ours", { HAUBERK_PUBLIC_URL: "" }, "HAUBERK_PUBLIC_URL"],
    ["an address of ours over plain HTTP", { HAUBERK_PUBLIC_URL: "http://hauberk.example" }, "HAUBERK_PUBLIC_URL"],
    ["a path before ours", { HAUBERK_PUBLIC_URL: "https://example.org/hauberk" }, "HAUBERK_PUBLIC_URL"],
    ["no name at the provider", { HAUBERK_OIDC_CLIENT_ID: "" }, "HAUBERK_OIDC_CLIENT_ID"],
    ["a secret's file that is not there", { HAUBERK_OIDC_CLIENT_SECRET_FILE: "/nowhere" }, "`/nowhere`"],
    [
      "a proxy beside it",
      { HAUBERK_PROXY_USER_HEADER: "X-User", HAUBERK_TRUSTED_PROXIES: "127.0.0.1" },
      "HAUBERK_PROXY_USER_HEADER",
    ],
  ])("%s is told", (_what, more, named) => {
    const outcome = readSettings({ ...good, ...more }, false);
    expect(outcome.ok ? [] : outcome.problems).toEqual([expect.stringContaining(named)]);
  });
});
