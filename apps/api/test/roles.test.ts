import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { designRoles, endpoints, linkRoles, newKeySchema, problemSchema, roleMay } from "@hauberk/contract";
import type { DesignAction, DesignRole, Endpoint } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import type { Store } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { newToken } from "../src/access/secrets.ts";
import type { Accounts } from "../src/accounts/accounts.ts";
import { createApp } from "../src/app.ts";
import { sandboxEngine } from "../src/sandbox-engine.ts";
import { callSaved, makeLink, saveDesign } from "./saved-design.ts";
import type { Saved } from "./saved-design.ts";
import { sampleCalls } from "./sample-calls.ts";
import type { CalledAs, SampleCall } from "./sample-calls.ts";
import { builtWeb, shareTestServer } from "./test-server.ts";

/** What of the service's routes there are, by an application that serves nobody. */
const folder = mkdtempSync(join(tmpdir(), "hauberk-roles-"));
const routesStore = await openStore({ folder });
const app = createApp({
  engine: sandboxEngine(),
  store: routesStore,
  logger: pino({ level: "silent" }),
  webRoot: builtWeb,
});
const served = new Set<Endpoint>(app.routes.map(({ endpoint }) => endpoint));
afterAll(async () => {
  await app.stop(0);
  await routesStore.close();
  rmSync(folder, { recursive: true });
});

/** The header by which these tests say who is signed in. */
const accountHeader = "x-test-account";

const signedInAs = (account: string): CalledAs => ({ token: undefined, headers: { [accountHeader]: account } });

/** What a call comes to: `yes`, or the kind of the problem. */
async function outcome(
  saved: Saved,
  endpoint: Endpoint,
  sample: SampleCall,
  parts: object,
  comer: CalledAs,
): Promise<string> {
  const filled = Object.entries({ ...parts, design: saved.id });
  const path = filled.reduce((text, [name, value]) => text.replace(`{${name}}`, value), endpoint.path);
  // A stream of events never ends: its head says all.
  const enough = new AbortController();
  const answer = await fetch(new URL(path, saved.url), {
    method: endpoint.method.toUpperCase(),
    signal: enough.signal,
    headers: {
      ...(comer.token === undefined ? {} : { authorization: `Bearer ${comer.token}` }),
      ...comer.headers,
      ...(sample.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(sample.body === undefined ? {} : { body: JSON.stringify(sample.body) }),
  });
  if (answer.ok) {
    enough.abort();
    return "yes";
  }
  return problemSchema.parse(await answer.json()).type.replace("/problems/", "");
}

/** Accounts that the tests name, each with an e-mail address of its own. */
const accounts: Accounts = {
  signIn: "proxy",
  signedIn: (request) => {
    const name = request.get(accountHeader);
    return Promise.resolve(name === undefined ? null : { id: name, name, email: `${name}@example.org` });
  },
};

/** Puts the design into a workspace that has a member for each role. */
async function giveMembers(store: Store, { id }: Saved): Promise<void> {
  const at = "2026-11-29T08:00:00.000Z";
  await store.db.insertInto("workspaces").values({ id, name: "team", at }).execute();
  await store.db
    .insertInto("members")
    .values(
      designRoles.map((role) => ({
        workspace: id,
        email: `${role}@example.org`,
        role: "member",
        designs: role,
        at,
      })),
    )
    .execute();
  await store.db.updateTable("designs").set({ workspace: id }).where("id", "=", id).execute();
}

/** A comer with this role: by the owner's key or by a link. */
async function comerOf(saved: Saved, role: DesignRole): Promise<CalledAs> {
  return { token: role === "owner" ? saved.key : (await makeLink(saved, role)).token };
}

/** Those whom no role lets in, each with what they are told; with every right that a live one would have. */
async function uninvited(url: string, store: Store, saved: Saved): Promise<[string, CalledAs, string][]> {
  const other = await saveDesign(url);
  const { key } = newKeySchema.parse(JSON.parse((await callSaved(other, endpoints.replaceKey)).text));
  const cells: [string, CalledAs, string][] = [
    ["nobody", {}, "not-found"],
    ["a made-up token", { token: newToken() }, "not-found"],
    ["no token at all", { token: "x" }, "not-found"],
    ["another design's owner", { token: key }, "not-found"],
    ["another design's replaced key", { token: other.key }, "not-found"],
    ["an account of no member", signedInAs("stranger"), "not-found"],
  ];
  for (const role of linkRoles) {
    const [revoked, expired] = [await makeLink(saved, role), await makeLink(saved, role)];
    await callSaved(saved, endpoints.revokeLink, { parts: { link: revoked.id } });
    await store.db
      .updateTable("links")
      .set({ expires: "2026-11-29T08:00:00.000Z" })
      .where("id", "=", expired.id)
      .execute();
    const passphrase = await makeLink(saved, role, { passphrase: "correct horse" });
    const members = await makeLink(saved, role, { membersOnly: true });
    cells.push(
      [`revoked ${role}`, { token: revoked.token }, "not-found"],
      [`expired ${role}`, { token: expired.token }, "not-found"],
      [`another design's ${role}`, { token: (await makeLink({ ...other, key }, role)).token }, "not-found"],
      [`${role} without the passphrase`, { token: passphrase.token }, "passphrase-needed"],
      [`members' ${role} without account`, { token: members.token }, "sign-in-needed"],
      [`members' ${role} of another account`, { ...signedInAs("stranger"), token: members.token }, "not-permitted"],
    );
  }
  return cells;
}

const onDesigns = Object.entries(endpoints).flatMap(([name, endpoint]) =>
  endpoint.access.kind === "design" ? [{ name, endpoint, action: endpoint.access.action }] : [],
);
const mounted = onDesigns.filter(({ endpoint }) => served.has(endpoint));

/** The sample of an endpoint; without one the matrix would have a hole. */
function sampleOf(name: string): SampleCall {
  const sample = Object.entries(sampleCalls).find(([called]) => called === name)?.[1];
  if (sample === undefined) throw new Error(`test/sample-calls.ts doesn't say how to call \`${name}\``);
  return sample;
}

const expectedOf = (action: DesignAction) =>
  Object.fromEntries(designRoles.map((role) => [role, roleMay(role, action) ? "yes" : "not-permitted"]));

onBothStores((stores) => {
  const sharedStore = stores.share();
  const service = shareTestServer(() => ({
    store: sharedStore(),
    rateLimits: { designsPerMinute: 1_000_000, requestsPerMinute: 1_000_000 },
    accounts,
  }));

  describe("who may do what with a saved design", () => {
    test.each(mounted)("$name ($action) by a key or link of each role", async ({ name, endpoint, action }) => {
      const url = service();
      const sample = sampleOf(name);
      const cells: Record<string, string> = {};
      for (const role of designRoles) {
        const saved = await saveDesign(url);
        const comer = await comerOf(saved, role);
        const parts = (await sample.prepare?.(saved, comer)) ?? {};
        cells[role] = await outcome(saved, endpoint, sample, parts, comer);
      }
      expect(cells).toEqual(expectedOf(action));
    });

    test.each(mounted)(
      "$name ($action) by each member of its workspace who may",
      async ({ name, endpoint, action }) => {
        const sample = sampleOf(name);
        const cells: Record<string, string> = {};
        const may = designRoles.filter((role) => roleMay(role, action));
        for (const role of may) {
          const saved = await saveDesign(service());
          await giveMembers(sharedStore(), saved);
          const member = signedInAs(role);
          const parts = (await sample.prepare?.(saved, member)) ?? {};
          cells[role] = await outcome(saved, endpoint, sample, parts, member);
        }
        expect(cells).toEqual(Object.fromEntries(may.map((role) => [role, "yes"])));
      },
    );

    test("by a member of the design's workspace who may not, and by one with a members' link", async () => {
      const [url, store] = [service(), sharedStore()];
      const saved = await saveDesign(url);
      await giveMembers(store, saved);
      const { token } = await makeLink(saved, "viewer", { membersOnly: true });
      const rows: unknown[] = [];
      const expected: unknown[] = [];
      for (const { name, endpoint, action } of mounted) {
        for (const role of designRoles.filter((one) => !roleMay(one, action))) {
          const sample = sampleOf(name);
          rows.push([name, role, await outcome(saved, endpoint, sample, { revision: 1 }, signedInAs(role))]);
          expected.push([name, role, "not-permitted"]);
        }
      }
      for (const role of designRoles) {
        rows.push([role, await outcome(saved, endpoints.design, {}, {}, { ...signedInAs(role), token })]);
        expected.push([role, "yes"]);
      }
      expect(rows).toEqual(expected);
    });

    test("nobody gets in anywhere with a token that is wrong, dead or another design's", async () => {
      const [url, store] = [service(), sharedStore()];
      const saved = await saveDesign(url);
      await giveMembers(store, saved);
      const cells = await uninvited(url, store, saved);
      const before = await store.db.selectFrom("events").select("number").where("design", "=", saved.id).execute();
      const wrong: unknown[] = [];
      for (const { name, endpoint } of mounted) {
        for (const [who, comer, expected] of cells) {
          const got = await outcome(saved, endpoint, sampleOf(name), { revision: 1, link: "x" }, comer);
          if (got !== expected) wrong.push([name, who, got, expected]);
        }
      }
      expect(wrong).toEqual([]);
      const after = await store.db.selectFrom("events").select("number").where("design", "=", saved.id).execute();
      expect(after).toEqual(before);
    });
  });

  test("a design that is not there is told as one that the token does not open", async () => {
    const url = service();
    const saved = await saveDesign(url);
    const bodies = [
      await callSaved({ ...saved, key: newToken() }, endpoints.design),
      await callSaved({ ...saved, id: "A".repeat(22) }, endpoints.design),
      await callSaved({ ...saved, id: "no-id" }, endpoints.design),
    ].map(({ status, text }) => [status, problemSchema.parse(JSON.parse(text)).detail]);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });
});
