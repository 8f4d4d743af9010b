import { expect, test } from "vitest";
import { commentSchema, problemSchema, savedDesignSchema } from "@hauberk/contract";
import type { SavedDesignLimits } from "@hauberk/contract";
import { openStore } from "@hauberk/store";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { makeLink, saveDesign, saveText } from "./design-calls.ts";
import type { LinkCaller, Said } from "./design-calls.ts";
import { startTestServer } from "./test-server.ts";

/** What a refusal for want of room says; fails where it is another answer. */
function refusal({ status, body }: Said): string {
  const problem = problemSchema.parse(body);
  expect([status, problem.type]).toEqual([409, "/problems/limit-reached"]);
  return problem.detail;
}

onBothStores(({ newPlace }) => {
  const start = async (designLimits: Partial<SavedDesignLimits>) =>
    saveDesign(await startTestServer({ store: await openStore(await newPlace()), designLimits }));

  test("a design holds so many of each thing, and what would be more is refused and changes nothing", async () => {
    const owner = await start({ revisions: 2, links: 3, comments: 2, decisions: 2, bundles: 3, bundlesOfReaders: 2 });
    const [viewer, approver] = [await makeLink(owner, "viewer"), await makeLink(owner, "approver")];
    const link = () => owner.call("POST", "/links", { role: "viewer", label: "more" });
    await owner.call("DELETE", `/links/${(await makeLink(owner, "viewer")).link}`);
    expect(refusal(await link())).toBe(
      "With the revoked ones the design has all its links: there can be 3. Save the design as a new one, and go on there.",
    );

    const comment = () => owner.call("POST", "/comments", { revision: 1, text: "Why?" });
    const first = commentSchema.parse((await comment()).body);
    await comment();
    // What is deleted keeps its place, for the answers to it.
    await owner.call("DELETE", `/comments/${first.id}`);
    expect(refusal(await comment())).toContain("as many comments as one can: 2");

    const bundle = (by = owner, format = "zip") => by.call("POST", "/bundles", { revision: 1, format, targets: [] });
    const recorded = await bundle(viewer);
    expect([recorded.status, (await bundle(viewer, "tar.gz")).status]).toEqual([201, 201]);
    // The same once more is recorded already.
    expect(await bundle(viewer)).toEqual(recorded);
    expect(refusal(await bundle(approver))).toContain("as many records of bundles as one can: there can be 2");
    expect((await bundle()).status).toBe(201);
    expect(refusal(await bundle(owner, "tar.gz"))).toContain("there can be 3");

    const { hash } = savedDesignSchema.parse((await owner.call("GET", "")).body).newest;
    const decide = () => approver.call("POST", "/approvals", { revision: 1, hash, decision: "approve" });
    expect([(await decide()).status, (await decide()).status]).toEqual([201, 201]);
    expect(refusal(await decide())).toContain("as many decisions as one can");

    expect((await saveText(owner, 1, "# two\n")).status).toBe(201);
    expect(refusal(await saveText(owner, 2, "# three\n"))).toContain("as many revisions as one can: 2");
    const { body } = await owner.call("GET", "/revisions");
    expect(body).toHaveLength(2);
  });

  test("one link fills its own room, and the others still have theirs", async () => {
    const rations = { decisionsOfHolder: 2, decisionsUnrationed: 3, decisionsRation: 1 };
    const owner = await start({ decisions: 5, ...rations, commentsOfHolder: 2, bundlesOfHolder: 1 });
    const [first, second, last] = [
      await makeLink(owner, "approver"),
      await makeLink(owner, "approver"),
      await makeLink(owner, "approver"),
    ];
    const { hash } = savedDesignSchema.parse((await owner.call("PATCH", "", { approvals: 1 })).body).newest;
    const decide = (by: LinkCaller) =>
      by.call("POST", "/approvals", { revision: 1, hash, decision: "request-changes" });
    expect([(await decide(first)).status, (await decide(first)).status]).toEqual([201, 201]);
    expect(refusal(await decide(first))).toBe(
      "One link, key or account makes at most 2 decisions on this design, and this one has. Another link to the design has room of its own.",
    );
    // What is left then is for those who have hardly decided anything.
    expect((await decide(second)).status).toBe(201);
    expect(refusal(await decide(second))).toContain("at most 1 decision");
    expect((await decide(last)).status).toBe(201);

    const comment = (by = owner) => by.call("POST", "/comments", { revision: 1, text: "Why?" });
    const commenter = await makeLink(owner, "commenter");
    expect([(await comment(commenter)).status, (await comment(commenter)).status]).toEqual([201, 201]);
    expect(refusal(await comment(commenter))).toContain("at most 2 comments");
    expect((await comment()).status).toBe(201);

    const viewer = await makeLink(owner, "viewer");
    await owner.call("PATCH", "", { approvals: 0 });
    for (const each of [first, second, last]) await owner.call("DELETE", `/links/${each.link}`);
    const bundle = (format: string) => viewer.call("POST", "/bundles", { revision: 1, format, targets: [] });
    expect((await bundle("zip")).status).toBe(201);
    expect(refusal(await bundle("tar.gz"))).toContain("at most 1 record");
  });

  test("the texts of its revisions, its comments and its history are bounded too", async () => {
    const owner = await start({ contentBytes: 100, commentCharacters: 10, historyLines: 5 });
    expect((await saveText(owner, 1, "#".repeat(60))).status).toBe(201);
    expect(refusal(await saveText(owner, 2, "a".repeat(60)))).toContain("at most 100 bytes together");
    // The same texts again take no room.
    expect((await saveText(owner, 2, "#".repeat(60))).status).toBe(201);

    const first = commentSchema.parse((await owner.call("POST", "/comments", { revision: 1, text: "12345678" })).body);
    expect(refusal(await owner.call("POST", "/comments", { revision: 1, text: "123" }))).toContain("10 characters");
    const settle = (resolved: boolean) => owner.call("POST", `/comments/${first.id}/resolution`, { resolved });
    expect((await settle(true)).status).toBe(200);
    expect(refusal(await settle(false))).toContain("The history has 5 lines");
    expect((await owner.call("DELETE", `/comments/${first.id}`)).status).toBe(204);
  });
});
