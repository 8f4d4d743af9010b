import { describe, expect, test } from "vitest";
import { approvalSchema, bundleRecordSchema, commentListSchema, commentSchema } from "@hauberk/contract";
import { designEventListSchema, problemSchema, revisionSchema, savedDesignSchema } from "@hauberk/contract";
import type { Comment, Gate } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import type { Accounts } from "../src/accounts/accounts.ts";
import { designText, makeLink, ruleOfText, saveDesign, saveText } from "./design-calls.ts";
import type { Caller, Said } from "./design-calls.ts";
import { startTestServer } from "./test-server.ts";

const anchor = { revision: 1, ...ruleOfText };

async function comment(caller: Caller, body: object): Promise<Comment> {
  const said = await caller.call("POST", "/comments", { revision: 1, text: "Why?", ...body });
  expect(said.status).toBe(201);
  return commentSchema.parse(said.body);
}

async function comments(caller: Caller): Promise<Comment[]> {
  return commentListSchema.parse((await caller.call("GET", "/comments")).body);
}

/** The kinds of what happened, latest first. */
async function happened(caller: Caller): Promise<string[]> {
  const { body } = await caller.call("GET", "/history");
  return designEventListSchema.parse(body).map(({ kind }) => kind);
}

async function design(caller: Caller) {
  return savedDesignSchema.parse((await caller.call("GET", "")).body);
}

async function gate(caller: Caller): Promise<Gate> {
  return (await design(caller)).gate;
}

function decide(caller: Caller, hash: string, rest: object = {}): Promise<Said> {
  return caller.call("POST", "/approvals", { revision: 1, hash, decision: "approve", ...rest });
}

/** What kind of refusal it is; fails where it is none. */
function refusal({ status, body }: Said): string {
  const problem = problemSchema.parse(body);
  expect(problem.status).toBe(status);
  return problem.type.replace("/problems/", "");
}

function bundle(caller: Caller, revision: number): Promise<Said> {
  return caller.call("POST", "/bundles", { revision, format: "tar.gz", targets: ["debian-12", "debian-13"] });
}

/** Number and detail of events of the history, latest first. */
async function read(caller: Caller, query: string): Promise<(number | string)[][]> {
  const { body } = await caller.call("GET", `/history${query}`);
  return designEventListSchema.parse(body).map(({ number, detail }) => [number, detail]);
}

onBothStores(({ newPlace }) => {
  async function start(): Promise<Caller> {
    return saveDesign(await startTestServer({ store: await openStore(await newPlace()) }));
  }

  describe("comments", () => {
    test("stand at their rule, are answered, settled, opened again and deleted", async () => {
      const owner = await start();
      const reviewer = await makeLink(owner, "commenter");
      const first = await comment(reviewer, { anchor, suggestion: "owner /tmp/a-* rw,", by: "Grace" });
      expect(first).toMatchObject({ anchor, suggestion: "owner /tmp/a-* rw,", mine: true, by: { name: "Grace" } });
      const answer = await comment(owner, { thread: first.id, text: "Right." });
      // An answer to an answer belongs to the same thread.
      const again = await comment(reviewer, { thread: answer.id, text: "Good." });
      expect([answer.thread, again.thread]).toEqual([first.id, first.id]);

      const settle = (resolved: boolean) =>
        owner.call("POST", `/comments/${first.id}/resolution`, { resolved, by: "Ada" });
      expect(commentSchema.parse((await settle(true)).body).resolved).toMatchObject({ by: { name: "Ada" } });
      expect((await settle(true)).status).toBe(200);
      expect(commentSchema.parse((await settle(false)).body).resolved).toBeNull();
      expect(refusal(await owner.call("POST", `/comments/${answer.id}/resolution`, { resolved: true }))).toBe(
        "invalid-request",
      );

      // The owner may delete anybody's, everybody else their own.
      expect(refusal(await reviewer.call("DELETE", `/comments/${answer.id}`))).toBe("not-permitted");
      expect((await owner.call("DELETE", `/comments/${first.id}`)).status).toBe(204);
      expect((await reviewer.call("DELETE", `/comments/${again.id}`)).status).toBe(204);
      expect((await comments(reviewer)).map((one) => [one.text, one.suggestion, one.deleted, one.mine])).toEqual([
        ["", null, true, true],
        ["Right.", null, false, false],
        ["", null, true, true],
      ]);
      expect((await happened(owner)).toReversed()).toEqual([
        "created",
        "link-created",
        "commented",
        "commented",
        "commented",
        "resolved",
        "reopened",
        "comment-deleted",
        "comment-deleted",
      ]);
    });

    test("that are about what is not there are refused, each with its place", async () => {
      const owner = await start();
      const places = async (body: object) => {
        const said = await owner.call("POST", "/comments", { revision: 1, text: "Why?", ...body });
        expect(refusal(said)).toBe("invalid-request");
        return problemSchema.parse(said.body).errors?.map(({ pointer }) => pointer);
      };
      expect(await places({ revision: 2 })).toEqual(["/revision"]);
      expect(await places({ thread: "none" })).toEqual(["/thread"]);
      expect(await places({ anchor: { ...anchor, file: "apparmor.d/none" } })).toEqual(["/anchor/file"]);
      expect(await places({ anchor: { ...anchor, start: 13 } })).toEqual(["/anchor/text"]);
      expect(await places({ anchor: { ...anchor, end: 1_000_000 } })).toEqual(["/anchor/text"]);
      // PostgreSQL can't even look for NUL.
      expect(await places({ thread: "none\u0000" })).toEqual(["/thread"]);
      for (const path of ["/comments/none%00", "/approvals/none%00", "/links/none%00"]) {
        const by = path.startsWith("/approvals") ? await makeLink(owner, "approver") : owner;
        expect([path, refusal(await by.call("DELETE", path))]).toEqual([path, "not-found"]);
      }
      const unnamed = await saveText(owner, 1, "", { applies: ["\u0000"] });
      expect(refusal(unnamed)).toBe("invalid-request");
      expect(await happened(owner)).toEqual(["link-created", "created"]);
    });

    test("are marked and settled when a revision applies what they suggest, and one that is gone is no obstacle", async () => {
      const owner = await start();
      const [applied, gone] = [
        await comment(owner, { anchor, suggestion: "" }),
        await comment(owner, { anchor, suggestion: "deny /tmp/** w," }),
      ];
      await owner.call("DELETE", `/comments/${gone.id}`);
      const applies = [applied.id, gone.id, "none"];
      expect((await saveText(owner, 1, "profile a {\n}\n", { applies, by: "Ada" })).status).toBe(201);
      const [first, second] = await comments(owner);
      expect(first).toMatchObject({ applied: 2, resolved: { by: { name: "Ada" } } });
      expect(second).toMatchObject({ applied: null, deleted: true });
      expect((await happened(owner)).slice(0, 2)).toEqual(["suggestion-applied", "revision-saved"]);
    });
  });

  describe("decisions and the gate", () => {
    test("hold for the bytes that were read, however often those are saved", async () => {
      const owner = await start();
      const approver = await makeLink(owner, "approver");
      const { hash } = (await design(owner)).newest;
      expect(refusal(await decide(approver, "0".repeat(64)))).toBe("outdated-hash");
      expect(refusal(await decide(approver, hash, { revision: 2 }))).toBe("not-found");
      expect(approvalSchema.parse((await decide(approver, hash)).body)).toMatchObject({ stale: false, mine: true });

      const stale = async () => {
        const { body } = await owner.call("GET", "/approvals");
        return approvalSchema
          .array()
          .parse(body)
          .map((one) => one.stale);
      };
      const other = revisionSchema.parse((await saveText(owner, 1, "profile a {\n}\n")).body);
      expect([other.hash === hash, await stale(), await gate(owner)]).toEqual([
        false,
        [true],
        { required: 0, given: 0, against: 0, open: true },
      ]);
      await saveText(owner, 2, designText);
      expect([await stale(), (await gate(owner)).given]).toEqual([[false], 1]);
    });

    test("one link has one decision: the latest, until it is taken back", async () => {
      const owner = await start();
      const [one, other] = [await makeLink(owner, "approver"), await makeLink(owner, "approver")];
      await owner.call("PATCH", "", { approvals: 2 });
      const { hash } = (await design(owner)).newest;
      await decide(one, hash);
      const again = approvalSchema.parse((await decide(one, hash, { note: "Still fine." })).body);
      expect(await gate(owner)).toEqual({ required: 2, given: 1, against: 0, open: false });
      await decide(other, hash);
      expect((await gate(owner)).open).toBe(true);
      await decide(other, hash, { decision: "request-changes" });
      expect(await gate(owner)).toEqual({ required: 2, given: 1, against: 1, open: false });

      expect(refusal(await other.call("DELETE", `/approvals/${again.id}`))).toBe("not-permitted");
      expect((await one.call("DELETE", `/approvals/${again.id}`)).status).toBe(204);
      expect((await one.call("DELETE", `/approvals/${again.id}`)).status).toBe(204);
      expect(await gate(owner)).toEqual({ required: 2, given: 0, against: 1, open: false });
      // Nobody could take it back any more.
      await owner.call("DELETE", `/links/${other.link}`);
      expect((await gate(owner)).against).toBe(0);
      expect((await happened(owner)).slice(0, 8)).toEqual([
        "link-revoked",
        "decision-withdrawn",
        "decision-withdrawn",
        "changes-requested",
        "approved",
        "decision-withdrawn",
        "approved",
        "approved",
      ]);
    });

    test("no bundle is recorded while the gate is closed, and the record says who opened it", async () => {
      const owner = await start();
      const approver = await makeLink(owner, "approver");
      await owner.call("PATCH", "", { approvals: 1 });
      const closed = await bundle(owner, 1);
      expect(refusal(closed)).toBe("gate-closed");
      expect(problemSchema.parse(closed.body).detail).toBe(
        "The gate is closed: 1 approval is needed, and these bytes have 0.",
      );
      const { hash } = (await design(owner)).newest;
      await decide(approver, hash, { by: "Grace" });
      const made = bundleRecordSchema.parse((await bundle(approver, 1)).body);
      expect(made).toMatchObject({
        hash,
        targets: ["debian-12", "debian-13"],
        approvedBy: [{ name: "Grace", revision: 1 }],
      });
      // The gate of a revision is that of its own bytes.
      await saveText(owner, 1, "profile a {\n}\n");
      expect(refusal(await bundle(owner, 2))).toBe("gate-closed");
      expect((await bundle(owner, 1)).status).toBe(201);
      expect(refusal(await bundle(owner, 3))).toBe("not-found");
      expect(bundleRecordSchema.array().parse((await owner.call("GET", "/bundles")).body)).toHaveLength(2);
    });

    test("whoever saved the bytes with an account can't approve them", async () => {
      // Accounts come with their own tests; here the store says who saved.
      const store = await openStore(await newPlace());
      const account = { id: "ada", name: "Ada", email: null };
      const accounts: Accounts = { signIn: "proxy", signedIn: () => Promise.resolve(account) };
      const owner = await saveDesign(await startTestServer({ store, accounts }));
      const approver = await makeLink(owner, "approver");
      const { hash } = (await design(owner)).newest;
      expect(refusal(await decide(approver, hash))).toBe("not-permitted");
      expect((await decide(approver, hash, { decision: "request-changes" })).status).toBe(201);
    });
  });

  test("the history goes back page by page, and only the owner reads whom a link is for", async () => {
    const owner = await start();
    const viewer = await makeLink(owner, "viewer");
    expect(await read(owner, "")).toEqual([
      [2, "viewer"],
      [1, "test"],
    ]);
    expect(await read(viewer, "")).toEqual([
      [2, ""],
      [1, "test"],
    ]);
    expect(await read(viewer, "?before=2")).toEqual([[1, "test"]]);
    expect(refusal(await viewer.call("GET", "/history?before=x"))).toBe("invalid-request");
  });
});
