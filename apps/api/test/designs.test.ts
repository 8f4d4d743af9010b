import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  commentSchema,
  designEventSchema,
  endpoints,
  draftAnswerSchema,
  draftMomentSchema,
  linkListSchema,
  newKeySchema,
  revisionListSchema,
  revisionSchema,
  savedDesignSchema,
  unlockedSchema,
  wholeRevisionSchema,
} from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import type { StorePlace } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { unlockLimits } from "../src/features/links/unlock-tries.ts";
import { callSaved, filesOf, makeLink, saveDesign } from "./saved-design.ts";
import { problemOf, startTestServer } from "./test-server.ts";
import type { Received } from "./test-server.ts";

const kindOf = (answer: Received): string => (answer.status < 400 ? String(answer.status) : problemOf(answer).type);

/** The files of an embedded store that hold a text; PostgreSQL takes its time to overwrite what nobody can read any more. */
function filesWith(place: StorePlace, text: string): string[] {
  const files = "folder" in place ? readdirSync(place.folder).map((name) => join(place.folder, name)) : [];
  return files.filter((file) => readFileSync(file, "latin1").includes(text));
}

onBothStores((stores) => {
  test("a revision comes back byte for byte, and bytes that are there already are not kept again", async () => {
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store }), "\uFEFFprofile a {}\r\n");
    const files = [
      { path: "hauberk.json", text: '{"format":1}' },
      { path: "apparmor.d/z", text: "\uFEFFprofile a {}\r\n" },
      { path: "apparmor.d/abstractions/ä", text: "# \u0000 😀\n" },
    ];
    const answer = await callSaved(saved, endpoints.saveRevision, {
      body: { parent: 1, files, message: "why", by: "Bo" },
    });
    expect(answer.status).toBe(201);
    const revision = revisionSchema.parse(JSON.parse(answer.text));
    expect(revision).toMatchObject({
      number: 2,
      parent: 1,
      message: "why",
      by: { name: "Bo", account: null },
      files: 3,
    });
    expect(revision.hash).toBe(revisionHash({ name: "other", files }));
    const read = await callSaved(saved, endpoints.revision, { parts: { revision: "2" } });
    const { texts, ...rest } = wholeRevisionSchema.parse(JSON.parse(read.text));
    expect(rest).toEqual(revision);
    expect(texts).toEqual(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
    const kept = await store.db.selectFrom("contents").select("hash").execute();
    expect(kept).toHaveLength(3);
    const list = revisionListSchema.parse(JSON.parse((await callSaved(saved, endpoints.listRevisions)).text));
    expect(list.map(({ number }) => number)).toEqual([2, 1]);
  });

  test("of those who save on top of the same revision, one does; the others are told, and nothing of theirs is kept", async () => {
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store }));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        callSaved(saved, endpoints.saveRevision, {
          body: { parent: 1, files: filesOf(`# ${index}\n`), by: `writer ${index}` },
        }),
      ),
    );
    expect(answers.map(kindOf).filter((kind) => kind === "/problems/newer-revision")).toHaveLength(11);
    expect(answers.map(kindOf)).toContain("201");
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.text).toMatch(/writer \d+ has saved revision 2/);
    expect(await store.db.selectFrom("revisions").select("number").execute()).toHaveLength(2);
    expect(await store.db.selectFrom("contents").select("hash").execute()).toHaveLength(2);
    const events = await store.db.selectFrom("events").select(["number", "kind"]).orderBy("number").execute();
    expect(events).toEqual([
      { number: 1, kind: "created" },
      { number: 2, kind: "revision-saved" },
    ]);
    expect(kindOf(await callSaved(saved, endpoints.saveRevision, { body: { parent: 7, files: filesOf("") } }))).toBe(
      "/problems/newer-revision",
    );
  });

  test("a draft is its holder's alone, and goes with the revision that holds it", async () => {
    const saved = await saveDesign(await startTestServer({ store: await stores.open() }));
    const { token } = await makeLink(saved, "editor");
    const keep = async (text: string) => {
      const answer = await callSaved(saved, endpoints.keepDraft, { token, body: { parent: 1, files: filesOf(text) } });
      return draftMomentSchema.parse(JSON.parse(answer.text)).at;
    };
    const read = async (by = token) =>
      draftAnswerSchema.parse(JSON.parse((await callSaved(saved, endpoints.draft, { token: by })).text));
    await keep("one");
    const at = await keep("two \u0000");
    expect(await read()).toEqual({ parent: 1, files: filesOf("two \u0000"), at });
    expect(await read(saved.key)).toBeNull();
    const save = (parent: number, more: object) =>
      callSaved(saved, endpoints.saveRevision, { token, body: { parent, files: filesOf("x"), ...more } });
    // What was not in the revision stays.
    await save(1, {});
    await save(2, { draft: "2026-01-01T00:00:00.000Z" });
    expect((await read())?.at).toBe(at);
    await save(3, { draft: at });
    expect(await read()).toBeNull();
    await keep("three");
    await callSaved(saved, endpoints.dropDraft, { token });
    expect(await read()).toBeNull();
  });

  test("of two browsers with one key neither silently replaces the draft of the other", async () => {
    let clock = new Date("2026-11-29T08:00:00.000Z");
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store, now: () => clock }));
    const keep = async (text: string, replaces: string | null) => {
      clock = new Date(clock.getTime() + 1_000);
      const body = { parent: 1, files: filesOf(text), replaces };
      const answer = await callSaved(saved, endpoints.keepDraft, { body });
      return answer.status === 200 ? draftMomentSchema.parse(JSON.parse(answer.text)).at : kindOf(answer);
    };
    const drop = (at: string) => {
      const path = `${endpoints.dropDraft.path}?at=${encodeURIComponent(at)}`;
      return callSaved(saved, { ...endpoints.dropDraft, path });
    };
    const first = await keep("one", null);
    expect(first).toBe("2026-11-29T08:00:01.000Z");
    expect(await keep("other", null)).toBe("/problems/newer-draft");
    const second = await keep("two", first);
    expect(await keep("other", first)).toBe("/problems/newer-draft");
    expect((await drop(first)).status).toBe(204);
    expect((await callSaved(saved, endpoints.draft)).text).toContain('"two"');
    expect(kindOf(await drop("yesterday"))).toBe("/problems/invalid-request");
    expect((await drop(second)).status).toBe(204);
    // There is nothing that could be lost.
    expect(await keep("three", second)).toBe("2026-11-29T08:00:05.000Z");
  });

  test("a link is dead at once when it is revoked, when its time has come, and so is a key that was replaced", async () => {
    let clock = new Date("2026-11-29T08:00:00.000Z");
    const saved = await saveDesign(await startTestServer({ store: await stores.open(), now: () => clock }));
    const opens = async (token: string) => kindOf(await callSaved(saved, endpoints.design, { token }));
    const [revoked, timed] = [
      await makeLink(saved, "viewer"),
      await makeLink(saved, "viewer", { expires: "2026-11-29T09:00:00.000Z" }),
    ];
    expect([await opens(revoked.token), await opens(timed.token)]).toEqual(["200", "200"]);
    const removal = await callSaved(saved, endpoints.revokeLink, { parts: { link: revoked.id } });
    expect(removal.status).toBe(204);
    clock = new Date("2026-11-29T09:00:00.000Z");
    expect([await opens(revoked.token), await opens(timed.token)]).toEqual(Array(2).fill("/problems/not-found"));
    const answer = await callSaved(saved, endpoints.replaceKey);
    const { key } = newKeySchema.parse(JSON.parse(answer.text));
    expect([await opens(saved.key), await opens(key)]).toEqual(["/problems/not-found", "200"]);
    const owner = { ...saved, key };
    const past = await callSaved(owner, endpoints.createLink, {
      body: { role: "viewer", label: "late", expires: "2026-11-29T09:00:00.000Z" },
    });
    expect(problemOf(past).errors).toEqual([{ pointer: "/expires", message: "The moment is past." }]);
  });

  test("a passphrase opens its link for some hours, is tried a few times only, and dies with the link", async () => {
    let clock = new Date("2026-11-29T08:00:00.000Z");
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store, now: () => clock }));
    const link = await makeLink(saved, "commenter", { passphrase: "correct horse" });
    expect(kindOf(await callSaved(saved, endpoints.design, { token: link.token }))).toBe("/problems/passphrase-needed");
    const unlock = (passphrase: string) =>
      callSaved(saved, endpoints.unlock, { token: link.token, body: { passphrase } });
    expect(kindOf(await unlock("wrong"))).toBe("/problems/wrong-passphrase");
    const { token } = unlockedSchema.parse(JSON.parse((await unlock("correct horse")).text));
    const opens = async () => kindOf(await callSaved(saved, endpoints.design, { token }));
    expect(await opens()).toBe("200");
    // As many as may be, without the time that each takes.
    await store.db.updateTable("rate_counters").set({ count: unlockLimits.perLink }).execute();
    const barred = await unlock("correct horse");
    expect([kindOf(barred), barred.headers["retry-after"]]).toEqual(["/problems/too-many-requests", "900"]);
    clock = new Date("2026-11-29T19:59:59.000Z");
    expect(await opens()).toBe("200");
    clock = new Date("2026-11-29T20:00:00.000Z");
    expect(await opens()).toBe("/problems/not-found");
    const again = unlockedSchema.parse(JSON.parse((await unlock("correct horse")).text));
    await callSaved(saved, endpoints.revokeLink, { parts: { link: link.id } });
    expect(kindOf(await callSaved(saved, endpoints.design, { token: again.token }))).toBe("/problems/not-found");
    expect(kindOf(await unlock("correct horse"))).toBe("/problems/not-found");
  });

  test("tries of a passphrase are counted by hashes, and what has ended is forgotten with the next try", async () => {
    let clock = new Date("2026-11-29T08:00:00.000Z");
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store, now: () => clock }));
    const links = [
      await makeLink(saved, "viewer", { passphrase: "correct horse" }),
      await makeLink(saved, "viewer", { passphrase: "correct horse" }),
    ];
    for (const { token } of links) {
      await callSaved(saved, endpoints.unlock, { token, body: { passphrase: "wrong" } });
    }
    // PostgreSQL counts requests in the same table, by its own clock.
    const untils = [clock, new Date("2026-11-29T09:00:00.000Z")].map((at) => at.getTime() + unlockLimits.milliseconds);
    const counters = () => store.db.selectFrom("rate_counters").select("key").where("until", "in", untils).execute();
    const keys = (await counters()).map(({ key }) => key);
    expect(keys).toHaveLength(3);
    for (const told of ["127.0.0.1", ...links.map(({ id }) => id)]) expect(keys.join(" ")).not.toContain(told);
    clock = new Date("2026-11-29T09:00:00.000Z");
    await callSaved(saved, endpoints.unlock, { token: links[0]?.token, body: { passphrase: "wrong" } });
    expect(await counters()).toHaveLength(2);
  });

  test("its owner sees where a link was used, rounded and the latest twenty, and never its secret", async () => {
    let clock = new Date("2026-11-29T08:59:00.000Z");
    const store = await stores.open();
    const url = await startTestServer({ store, trustedProxies: ["127.0.0.1"], now: () => clock });
    const saved = await saveDesign(url);
    const { token } = await makeLink(saved, "viewer", { passphrase: null });
    const use = (from: string, program: string) =>
      callSaved(saved, endpoints.design, { token, headers: { "x-forwarded-for": from, "user-agent": program } });
    await use("192.0.2.17", "Mozilla/5.0 <b>");
    await use("192.0.2.99", "Mozilla/5.0 <b>");
    await use("2001:db8:0:7::1", "x".repeat(200));
    const uses = async () => {
      const answer = await callSaved(saved, endpoints.listLinks);
      expect(answer.text).not.toContain(token.slice(4));
      return linkListSchema.parse(JSON.parse(answer.text))[0]?.uses ?? [];
    };
    const at = "2026-11-29T08:00:00.000Z";
    expect((await uses()).toSorted((a, b) => (a.network < b.network ? -1 : 1))).toEqual([
      { at, network: "192.0.2.0/24", program: "Mozilla/5.0 <b>" },
      { at, network: "2001:db8::/48", program: "x".repeat(80) },
    ]);
    for (let hour = 1; hour <= 25; hour++) {
      clock = new Date(Date.UTC(2026, 11, 1, hour));
      await use("192.0.2.17", "curl");
    }
    const kept = await uses();
    expect([kept.length, kept[0]?.at]).toEqual([20, "2026-12-02T01:00:00.000Z"]);
    expect(await store.db.selectFrom("link_uses").selectAll().execute()).toHaveLength(20);
    const hashes = await store.db.selectFrom("tokens").select("hash").execute();
    expect(hashes.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  test("renaming and the gate are told and kept in the history", async () => {
    const store = await stores.open();
    const saved = await saveDesign(await startTestServer({ store }));
    const answer = await callSaved(saved, endpoints.changeDesign, { body: { name: "other", approvals: 2 } });
    expect(savedDesignSchema.parse(JSON.parse(answer.text))).toMatchObject({
      name: "other",
      role: "owner",
      gate: { required: 2, given: 0, open: false },
    });
    const events = await store.db.selectFrom("events").select(["kind", "detail"]).orderBy("number").execute();
    expect(events.slice(1)).toEqual([
      { kind: "renamed", detail: "other" },
      { kind: "gate-set", detail: "2" },
    ]);
    expect(designEventSchema.shape.kind.options).toContain(events[1]?.kind);
  });

  test("a deleted design leaves nothing behind", async () => {
    const place = await stores.newPlace();
    const store = await stores.open(place);
    const saved = await saveDesign(await startTestServer({ store }), "# a secret place\n");
    await makeLink(saved, "viewer", { label: "a secret reader" });
    await callSaved(saved, endpoints.keepDraft, { body: { parent: 1, files: filesOf("a secret draft") } });
    const tables = ["designs", "contents", "trees", "revisions", "drafts", "links", "tokens", "events"] as const;
    const rows = async () => {
      const counted = tables.map((table) => store.db.selectFrom(table).selectAll().execute());
      return (await Promise.all(counted)).map(({ length }) => length);
    };
    expect(await rows()).not.toContain(0);
    expect((await callSaved(saved, endpoints.deleteDesign)).status).toBe(204);
    expect(new Set(await rows())).toEqual(new Set([0]));
    expect(kindOf(await callSaved(saved, endpoints.design))).toBe("/problems/not-found");
    expect(filesWith(place, "a secret")).toEqual([]);
  });

  test("neither does the text of a deleted comment", async () => {
    const place = await stores.newPlace();
    const saved = await saveDesign(await startTestServer({ store: await stores.open(place) }));
    const body = { revision: 1, text: "a secret remark", suggestion: null };
    const said = await callSaved(saved, endpoints.comment, { body });
    const { id } = commentSchema.parse(JSON.parse(said.text));
    expect(filesWith(place, "a secret remark").length > 0).toBe("folder" in place);
    expect((await callSaved(saved, endpoints.deleteComment, { parts: { comment: id } })).status).toBe(204);
    expect(filesWith(place, "a secret remark")).toEqual([]);
  });
});

describe("requests about designs", () => {
  test("one address saves so many new designs in a minute", async () => {
    const url = await startTestServer({ rateLimits: { designsPerMinute: 1 } });
    await saveDesign(url);
    await expect(saveDesign(url)).rejects.toThrow(/expected object|Invalid input/);
  });

  test("no answer about a design is kept by a cache or tells where it came from", async () => {
    const saved = await saveDesign(await startTestServer());
    const answers = [
      await callSaved(saved, endpoints.design),
      await callSaved(saved, endpoints.listLinks),
      await callSaved(saved, endpoints.design, { token: "wrong" }),
      await callSaved(saved, endpoints.unlock, { body: { passphrase: "x" } }),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    }
  });

  test("a body that is too large, too deep or no revision is refused, place by place", async () => {
    const saved = await saveDesign(await startTestServer({ bodyBytes: 20_000 }));
    const save = (body: unknown) => callSaved(saved, endpoints.saveRevision, { body });
    expect(kindOf(await save({ parent: 1, files: filesOf("x".repeat(20_000)) }))).toBe("/problems/too-large");
    let deep: unknown = 1;
    for (let level = 0; level < 40; level++) deep = [deep];
    expect(kindOf(await save({ parent: 1, files: deep }))).toBe("/problems/invalid-request");
    const outside = await save({ parent: "1", files: [{ path: "../x", text: "" }] });
    expect(problemOf(outside).errors?.map(({ pointer }) => pointer)).toEqual(["/parent", "/files/0/path"]);
    for (const revision of ["0", "01", "1e0", "2", "x"]) {
      expect(kindOf(await callSaved(saved, endpoints.revision, { parts: { revision } }))).toBe("/problems/not-found");
    }
  });
});
