import { describe, expect, test } from "vitest";
import {
  approvalSchema,
  createdDesignSchema,
  designEventListSchema,
  endpoints,
  problemSchema,
  savedDesignSchema,
  workspaceSchema,
} from "@hauberk/contract";
import type { Approval, Endpoint } from "@hauberk/contract";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { headersOf, startBehindProxy } from "./proxy-service.ts";
import { call, callSaved, filesOf, makeLink, saveDesign, savedText } from "./saved-design.ts";
import type { Call, Saved } from "./saved-design.ts";
import type { Received } from "./test-server.ts";

/** Who calls: by a token, signed in, both, or neither. */
interface Person {
  readonly token?: string;
  readonly user?: string;
}

/** Calls an endpoint as somebody; the owner's key is shown by nobody who has none. */
function as(saved: Saved, { token, user }: Person, endpoint: Endpoint, given: Call = {}): Promise<Received> {
  return callSaved(saved, endpoint, { token, headers: user === undefined ? {} : headersOf(user), ...given });
}

async function designOf(saved: Saved) {
  return savedDesignSchema.parse(JSON.parse((await callSaved(saved, endpoints.design)).text));
}

async function gateOf(saved: Saved) {
  const { given, against, open } = (await designOf(saved)).gate;
  return { given, against, open };
}

/** Decides on the newest revision. */
async function decide(saved: Saved, who: Person, decision: Approval["decision"] = "approve", by?: string) {
  const { number: revision, hash } = (await designOf(saved)).newest;
  return as(saved, who, endpoints.decide, {
    body: { revision, hash, decision, ...(by === undefined ? {} : { by }) },
  });
}

async function decided(saved: Saved, who: Person, decision?: Approval["decision"], by?: string): Promise<Approval> {
  return approvalSchema.parse(JSON.parse((await decide(saved, who, decision, by)).text));
}

async function save(saved: Saved, parent: number, who: Person = { token: saved.key }): Promise<void> {
  const answer = await as(saved, who, endpoints.saveRevision, { body: { parent, files: filesOf(`# ${parent}\n`) } });
  expect(answer.status).toBe(201);
}

function strike(saved: Saved, who: Person, approval: string, by?: string): Promise<Received> {
  return as(saved, who, endpoints.withdrawDecision, {
    parts: { approval },
    ...(by === undefined ? {} : { body: { by } }),
  });
}

/** The decisions, latest first: who, on which revision, whether it stands and whether it has lapsed. */
async function decisions(saved: Saved) {
  const { text } = await callSaved(saved, endpoints.listApprovals);
  return approvalSchema
    .array()
    .parse(JSON.parse(text))
    .map(({ by, revision, withdrawn, lapsed }) => [by.name, revision, withdrawn === null, lapsed]);
}

/** The newest lines of the history, oldest of them first: who, what, and what is told beside. */
async function lines(saved: Saved, count: number) {
  const { text } = await callSaved(saved, endpoints.history);
  return designEventListSchema
    .parse(JSON.parse(text))
    .slice(0, count)
    .toReversed()
    .map(({ by, kind, detail }) => [by?.name, kind, detail]);
}

/** `yes`, or the kind of the refusal. */
function outcome({ status, text }: Received): string {
  return status < 300 ? "yes" : problemSchema.parse(JSON.parse(text)).type.replace("/problems/", "");
}

function bundle(saved: Saved, revision: number): Promise<Received> {
  return callSaved(saved, endpoints.recordBundle, { body: { revision, format: "zip", targets: [] } });
}

onBothStores(({ open }) => {
  /** A design whose gate asks for so many approvals, saved by nobody's account. */
  async function start(approvals: number): Promise<Saved> {
    const saved = await saveDesign(await startBehindProxy(["127.0.0.1"], await open()));
    await callSaved(saved, endpoints.changeDesign, { body: { approvals } });
    return saved;
  }

  describe("one person with one link", () => {
    test("gives one approval, without an account first and signed in then", async () => {
      const saved = await start(2);
      const { token } = await makeLink(saved, "approver");
      await decided(saved, { token }, "approve", "Bob");
      await decided(saved, { token, user: "bob" });
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: false });
      expect(await decisions(saved)).toEqual([
        ["bob", 1, true, false],
        ["Bob", 1, false, false],
      ]);
      expect(await lines(saved, 2)).toEqual([
        ["bob", "approved", ""],
        ["bob", "decision-withdrawn", "approval by Bob"],
      ]);
    });

    test("gives one approval, signed in first and without an account then; two accounts give two", async () => {
      const saved = await start(2);
      const { token } = await makeLink(saved, "approver");
      await decided(saved, { token, user: "bob" });
      expect(outcome(await decide(saved, { token }, "approve", "Bob"))).toBe("not-permitted");
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: false });
      await decided(saved, { token, user: "carol" });
      expect(await gateOf(saved)).toEqual({ given: 2, against: 0, open: true });
      // Whoever has the link can stop the bundle, and who is signed in takes back what the link alone has said.
      const against = await decided(saved, { token }, "request-changes");
      expect((await gateOf(saved)).open).toBe(false);
      expect(outcome(await strike(saved, { token, user: "bob" }, against.id))).toBe("yes");
      expect((await gateOf(saved)).open).toBe(true);
    });

    test("who saved the bytes can't approve them signed out, by a link that they have used", async () => {
      const saved = await start(1);
      const { token } = await makeLink(saved, "approver");
      const early = await decided(saved, { token }, "approve", "Bob");
      await decided(saved, { token, user: "bob" }, "request-changes");
      await save(saved, 1, { token: saved.key, user: "bob" });
      expect(early.withdrawn).toBeNull();
      expect(outcome(await decide(saved, { token }, "approve", "Bob"))).toBe("not-permitted");
      // Somebody else with the same link is told from them by an account.
      expect(outcome(await decide(saved, { token, user: "carol" }))).toBe("yes");
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: true });
    });

    test("an approval given before the link was known as the saver's doesn't count", async () => {
      const saved = await start(1);
      const { token } = await makeLink(saved, "approver");
      await save(saved, 1, { token: saved.key, user: "bob" });
      await decided(saved, { token }, "approve", "Bob");
      await save(saved, 2);
      await decided(saved, { token, user: "bob" });
      await callSaved(saved, endpoints.saveRevision, { body: { parent: 3, files: filesOf("# 1\n") } });
      expect(await gateOf(saved)).toEqual({ given: 0, against: 0, open: false });
    });
  });

  describe("what let somebody in is gone", () => {
    test("then nothing that was decided by a revoked link counts, by an account neither", async () => {
      const saved = await start(1);
      const [bob, carol] = [await makeLink(saved, "approver"), await makeLink(saved, "approver")];
      await decided(saved, { token: bob.token, user: "bob" }, "request-changes");
      await decided(saved, { token: carol.token, user: "carol" });
      expect(await gateOf(saved)).toEqual({ given: 1, against: 1, open: false });
      await callSaved(saved, endpoints.revokeLink, { parts: { link: bob.id } });
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: true });
      await callSaved(saved, endpoints.revokeLink, { parts: { link: carol.id } });
      expect(await gateOf(saved)).toEqual({ given: 0, against: 0, open: false });
      expect(await decisions(saved)).toEqual([
        ["carol", 1, true, true],
        ["bob", 1, true, true],
      ]);
      expect(outcome(await bundle(saved, 1))).toBe("gate-closed");
    });

    test("of a decision older than what is kept of its entry, a link without an account is still known", async () => {
      const store = await open();
      const saved = await saveDesign(await startBehindProxy(["127.0.0.1"], store));
      const { id, token } = await makeLink(saved, "approver");
      await decided(saved, { token, user: "bob" });
      await decided(saved, { token }, "request-changes");
      await store.db.updateTable("approvals").set({ entry: "" }).execute();
      expect(await gateOf(saved)).toEqual({ given: 1, against: 1, open: false });
      await callSaved(saved, endpoints.revokeLink, { parts: { link: id } });
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: true });
    });

    test("then nothing that a removed member decided counts", async () => {
      const url = await startBehindProxy(["127.0.0.1"], await open());
      const admin = headersOf("admin");
      const made = await call(url, endpoints.createWorkspace, { headers: admin, body: { name: "team" } });
      const workspace = workspaceSchema.parse(JSON.parse(made.text)).id;
      const member = (endpoint: Endpoint, user: string, body?: object) =>
        call(url, endpoint, { headers: admin, parts: { workspace, email: `${user}@example.org` }, body });
      for (const user of ["bob", "carol"]) {
        await member(endpoints.setMember, user, { role: "member", designs: "approver" });
      }
      const body = { name: "test", files: filesOf(savedText), workspace };
      const created = await call(url, endpoints.createDesign, { headers: admin, body });
      const { design, key } = createdDesignSchema.parse(JSON.parse(created.text));
      const saved = { url, id: design.id, key };
      const alone = { token: undefined };
      await callSaved(saved, endpoints.decide, {
        ...alone,
        headers: headersOf("bob"),
        body: { revision: 1, hash: design.newest.hash, decision: "request-changes" },
      });
      await callSaved(saved, endpoints.decide, {
        ...alone,
        headers: headersOf("carol"),
        body: { revision: 1, hash: design.newest.hash, decision: "approve" },
      });
      expect(await gateOf(saved)).toEqual({ given: 1, against: 1, open: false });
      await member(endpoints.removeMember, "bob");
      expect(await gateOf(saved)).toEqual({ given: 1, against: 0, open: true });
      await member(endpoints.removeMember, "carol");
      expect((await gateOf(saved)).given).toBe(0);

      // By a link for members only as well; by any other link a person needs be no member.
      await member(endpoints.setMember, "dan", { role: "member", designs: "viewer" });
      const link = await makeLink(saved, "approver", { membersOnly: true });
      const forAll = await makeLink(saved, "approver");
      await decided(saved, { token: link.token, user: "dan" });
      await decided(saved, { token: forAll.token, user: "eve" });
      expect((await gateOf(saved)).given).toBe(2);
      await member(endpoints.removeMember, "dan");
      expect((await gateOf(saved)).given).toBe(1);
    });

    test("the owner strikes any decision, and the history says whose it was", async () => {
      const saved = await start(0);
      const { token } = await makeLink(saved, "approver");
      const other = await makeLink(saved, "approver");
      const against = await decided(saved, { token, user: "bob" }, "request-changes");
      expect(outcome(await strike(saved, { token: other.token }, against.id))).toBe("not-permitted");
      expect(outcome(await strike(saved, { token: saved.key }, against.id, "Ada"))).toBe("yes");
      expect(await gateOf(saved)).toEqual({ given: 0, against: 0, open: true });
      expect(await lines(saved, 1)).toEqual([["Ada", "decision-withdrawn", "wish for changes by bob"]]);
    });
  });

  test("a decision on other bytes leaves the approval of these as it is", async () => {
    const saved = await start(1);
    const { token } = await makeLink(saved, "approver");
    await save(saved, 1);
    await decided(saved, { token }, "approve", "Ann");
    await save(saved, 2);
    await decided(saved, { token }, "request-changes", "Ann");
    await save(saved, 3);
    expect(outcome(await bundle(saved, 2))).toBe("yes");
    expect(outcome(await bundle(saved, 3))).toBe("gate-closed");
    expect(await decisions(saved)).toEqual([
      ["Ann", 3, true, false],
      ["Ann", 2, true, false],
    ]);
  });

  test("the history names who did it, where several share a link", async () => {
    const saved = await start(1);
    const { token } = await makeLink(saved, "approver");
    const written = await as(saved, { token }, endpoints.comment, { body: { revision: 1, text: "Why?", by: "Ann" } });
    const comment = String(JSON.parse(written.text).id);
    await decided(saved, { token }, "request-changes", "Ann");
    const approval = await decided(saved, { token }, "approve", "Ben");
    await strike(saved, { token }, approval.id, "Cy");
    await as(saved, { token }, endpoints.deleteComment, { parts: { comment }, body: { by: "Cy" } });
    expect(await lines(saved, 6)).toEqual([
      ["Ann", "commented", ""],
      ["Ann", "changes-requested", ""],
      ["Ben", "approved", ""],
      ["Ben", "decision-withdrawn", "wish for changes by Ann"],
      ["Cy", "decision-withdrawn", "approval by Ben"],
      ["Cy", "comment-deleted", ""],
    ]);
    // Who doesn't say a name is nobody in particular.
    const again = await decided(saved, { token }, "approve", "Ben");
    await strike(saved, { token }, again.id);
    expect(await lines(saved, 1)).toEqual([["Anonymous", "decision-withdrawn", "approval by Ben"]]);
  });
});
