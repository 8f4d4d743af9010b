import { describe, expect, test } from "vitest";
import {
  createdDesignSchema,
  endpoints,
  memberListSchema,
  memberSchema,
  problemSchema,
  savedDesignSchema,
  workspaceDesignsSchema,
  workspaceListSchema,
  workspaceRoles,
  workspaceSchema,
} from "@hauberk/contract";
import type { Endpoint, WorkspaceRole } from "@hauberk/contract";
import { onBothStores } from "../../../packages/store/test/both-stores.ts";
import { followDesign } from "./event-reader.ts";
import { behindProxy, headersOf, startBehindProxy } from "./proxy-service.ts";
import { call, callSaved, filesOf, makeLink } from "./saved-design.ts";
import type { Call } from "./saved-design.ts";
import { startTestServer } from "./test-server.ts";
import type { Received } from "./test-server.ts";

/** A workspace that somebody administers. */
interface Shared {
  readonly url: string;
  readonly id: string;
}

/** Calls an endpoint as somebody whom the proxy names; null: nobody. */
function callAs(url: string, user: string | null, endpoint: Endpoint, given: Call = {}): Promise<Received> {
  return call(url, endpoint, { ...given, headers: { ...(user === null ? {} : headersOf(user)), ...given.headers } });
}

function callWithin(shared: Shared, user: string | null, endpoint: Endpoint, given: Call = {}): Promise<Received> {
  return callAs(shared.url, user, endpoint, { ...given, parts: { workspace: shared.id, ...given.parts } });
}

/** A workspace that `admin` has made. */
async function createWorkspace(url: string): Promise<Shared> {
  const answer = await callAs(url, "admin", endpoints.createWorkspace, { body: { name: "packagers" } });
  return { url, id: workspaceSchema.parse(JSON.parse(answer.text)).id };
}

function setMember(shared: Shared, user: string, role: WorkspaceRole, designs = "viewer", by = "admin") {
  const parts = { email: `${user}@example.org` };
  return callWithin(shared, by, endpoints.setMember, { parts, body: { role, designs } });
}

function removeMember(shared: Shared, user: string, by = "admin") {
  return callWithin(shared, by, endpoints.removeMember, { parts: { email: `${user}@example.org` } });
}

function newDesign(shared: Shared, user: string | null) {
  const body = { name: "shared", files: filesOf("# a\n"), workspace: shared.id };
  return callAs(shared.url, user, endpoints.createDesign, { body });
}

/** `yes`, or the kind of the problem. */
function outcomeOf({ status, text }: Received): string {
  return status < 300 ? "yes" : problemSchema.parse(JSON.parse(text)).type.replace("/problems/", "");
}

/** How each endpoint for accounts and members is called so that it succeeds for whoever may. */
const samples: Readonly<Record<string, Call>> = {
  listWorkspaces: {},
  createWorkspace: { body: { name: "another" } },
  workspaceDesigns: {},
  listMembers: {},
  setMember: { parts: { email: "new@example.org" }, body: { role: "member", designs: "viewer" } },
  removeMember: { parts: { email: "new@example.org" } },
  deleteWorkspace: {},
};

const forAccounts = Object.entries(endpoints).flatMap(([name, endpoint]) =>
  endpoint.access.kind === "account" || endpoint.access.kind === "workspace"
    ? [{ name, endpoint, access: endpoint.access }]
    : [],
);

describe("who may do what with a workspace", () => {
  test("an account whose address nobody vouches for is a member of nothing", async () => {
    const shared = await createWorkspace(await startBehindProxy(["127.0.0.1"]));
    const headers = { "x-remote-user": "admin", "x-remote-name": "admin" };
    const { url } = shared;
    expect(JSON.parse((await call(url, endpoints.listWorkspaces, { headers })).text)).toEqual([]);
    const created = await call(url, endpoints.createWorkspace, { headers, body: { name: "mine" } });
    expect(outcomeOf(created)).toBe("not-permitted");
    const parts = { workspace: shared.id };
    expect(outcomeOf(await call(url, endpoints.listMembers, { headers, parts }))).toBe("not-found");
  });

  test("another site's page can't change one by the browser's account", async () => {
    const shared = await createWorkspace(await startBehindProxy(["127.0.0.1"]));
    const headers = { "sec-fetch-site": "cross-site" };
    for (const { name, endpoint } of forAccounts.filter(({ endpoint: { method } }) => method !== "get")) {
      expect([name, outcomeOf(await callWithin(shared, "admin", endpoint, { ...samples[name], headers }))]).toEqual([
        name,
        "cross-site",
      ]);
    }
  });
});

describe("a workspace", () => {
  test("members are known by their address, by name once they have come, and somebody always administers", async () => {
    const shared = await createWorkspace(await startBehindProxy(["127.0.0.1"]));
    expect(outcomeOf(await setMember(shared, "Grace", "member", "approver"))).toBe("yes");
    const members = async () => {
      const { text } = await callWithin(shared, "admin", endpoints.listMembers);
      return memberListSchema
        .parse(JSON.parse(text))
        .map(({ email, name, role, designs }) => [email, name, role, designs]);
    };
    const admin = ["admin@example.org", "admin", "admin", "owner"];
    expect(await members()).toEqual([admin, ["grace@example.org", null, "member", "approver"]]);
    const { text } = await callAs(shared.url, "grace", endpoints.listWorkspaces);
    expect(workspaceListSchema.parse(JSON.parse(text))).toMatchObject([{ name: "packagers", role: "member" }]);
    expect((await members())[1]).toEqual(["grace@example.org", "grace", "member", "approver"]);

    expect(outcomeOf(await setMember(shared, "admin", "member"))).toBe("last-admin");
    expect(outcomeOf(await removeMember(shared, "admin"))).toBe("last-admin");
    expect(outcomeOf(await setMember(shared, "admin", "admin", "editor"))).toBe("yes");
    expect(memberSchema.parse(JSON.parse((await setMember(shared, "grace", "admin")).text)).name).toBe("grace");
    expect(outcomeOf(await setMember(shared, "admin", "member", "viewer", "grace"))).toBe("yes");
    expect(outcomeOf(await removeMember(shared, "grace", "grace"))).toBe("last-admin");
    expect(outcomeOf(await removeMember(shared, "admin", "grace"))).toBe("yes");
    expect(outcomeOf(await removeMember(shared, "admin", "grace"))).toBe("not-found");
    expect(
      outcomeOf(
        await callWithin(shared, "grace", endpoints.setMember, {
          parts: { email: "none" },
          body: { role: "member", designs: "viewer" },
        }),
      ),
    ).toBe("invalid-request");
  });

  test("a workspace's design is saved by a member who may, and opens to members as their role says", async () => {
    const shared = await createWorkspace(await startBehindProxy(["127.0.0.1"]));
    await setMember(shared, "grace", "member", "approver");
    expect(outcomeOf(await newDesign(shared, null))).toBe("sign-in-needed");
    expect(outcomeOf(await newDesign(shared, "stranger"))).toBe("not-found");
    expect(outcomeOf(await newDesign(shared, "grace"))).toBe("not-permitted");
    const created = createdDesignSchema.parse(JSON.parse((await newDesign(shared, "admin")).text));
    const saved = { url: shared.url, id: created.design.id, key: created.key };
    expect(created.design.workspace).toBe(shared.id);
    const { text } = await callWithin(shared, "grace", endpoints.workspaceDesigns);
    expect(workspaceDesignsSchema.parse(JSON.parse(text))).toMatchObject([{ id: saved.id, name: "shared" }]);

    const opened = (user: string, token?: string) =>
      callAs(shared.url, user, endpoints.design, { parts: { design: saved.id }, token });
    expect(savedDesignSchema.parse(JSON.parse((await opened("grace")).text))).toMatchObject({
      role: "approver",
      signedIn: { name: "grace" },
    });
    expect(outcomeOf(await opened("stranger"))).toBe("not-found");

    const link = await makeLink(saved, "commenter", { membersOnly: true });
    expect(outcomeOf(await callSaved(saved, endpoints.design, { token: link.token }))).toBe("sign-in-needed");
    expect(outcomeOf(await opened("stranger", link.token))).toBe("not-permitted");
    expect(outcomeOf(await opened("grace", link.token))).toBe("yes");
    await removeMember(shared, "grace");
    expect(outcomeOf(await opened("grace", link.token))).toBe("not-permitted");
    expect(outcomeOf(await opened("grace"))).toBe("not-found");

    expect(outcomeOf(await callWithin(shared, "admin", endpoints.deleteWorkspace))).toBe("workspace-not-empty");
    await callSaved(saved, endpoints.deleteDesign);
    expect(outcomeOf(await callWithin(shared, "admin", endpoints.deleteWorkspace))).toBe("yes");
    expect(outcomeOf(await newDesign(shared, "admin"))).toBe("not-found");
  });
});

onBothStores(({ open }) => {
  test.each(forAccounts)("who may: $name", async ({ name, endpoint, access }) => {
    const shared = await createWorkspace(await startBehindProxy(["127.0.0.1"], await open()));
    await setMember(shared, "member", "member", "owner");
    await setMember(shared, "new", "member");
    const sample = samples[name];
    if (sample === undefined) throw new Error(`the test doesn't say how to call \`${name}\``);
    const cells: Record<string, string> = {};
    for (const who of ["nobody", "stranger", ...workspaceRoles]) {
      cells[who] = outcomeOf(await callWithin(shared, who === "nobody" ? null : who, endpoint, sample));
    }
    const member = access.kind === "account" || access.role === "member" ? "yes" : "not-permitted";
    const stranger = access.kind === "account" ? "yes" : "not-found";
    expect(cells).toEqual({ nobody: "sign-in-needed", stranger, member, admin: "yes" });
    const gone = { ...shared, id: "A".repeat(22) };
    expect(outcomeOf(await callWithin(gone, "admin", endpoint, sample))).toBe(stranger);
  });

  test("who is a member no more hears no more of the designs, at once; the others hear on", async () => {
    // No beat finds out in the time of a test.
    const events = { pace: { beat: 600_000 } };
    const shared = await createWorkspace(
      await startTestServer({ ...behindProxy(["127.0.0.1"], await open()), events }),
    );
    for (const user of ["grace", "alan"]) await setMember(shared, user, "member", "approver");
    const { design } = createdDesignSchema.parse(JSON.parse((await newDesign(shared, "admin")).text));
    const follow = async (user: string) => {
      const reader = await followDesign({ url: shared.url, design: design.id }, undefined, headersOf(user));
      const from = await reader.begin;
      return { ...reader, from };
    };
    const [removed, lowered, kept] = [await follow("grace"), await follow("alan"), await follow("admin")];
    await removeMember(shared, "grace");
    await removed.ended;
    // A stream is let in by a role: with another role it comes back anew.
    await setMember(shared, "alan", "member", "viewer");
    await lowered.ended;
    const body = { revision: 1, text: "Who is left?" };
    expect(
      outcomeOf(await callAs(shared.url, "admin", endpoints.comment, { parts: { design: design.id }, body })),
    ).toBe("yes");
    await kept.has(kept.from + 1);
    expect([...removed.events, ...lowered.events]).toEqual([]);
  });

  test("of two changes at once neither undoes what the other relied on", async () => {
    const url = await startBehindProxy(["127.0.0.1"], await open());
    const shared = await createWorkspace(url);
    await setMember(shared, "grace", "admin");
    const lowered = await Promise.all([
      setMember(shared, "grace", "member", "viewer", "admin"),
      setMember(shared, "admin", "member", "viewer", "grace"),
    ]);
    expect(lowered.filter(({ status }) => status === 200)).toHaveLength(1);

    // A design that is saved while its workspace is deleted is kept, or refused: it never vanishes.
    for (let round = 0; round < 5; round++) {
      const raced = await createWorkspace(url);
      const [saving, deleting] = await Promise.all([
        newDesign(raced, "admin"),
        callWithin(raced, "admin", endpoints.deleteWorkspace),
      ]);
      expect([
        ["yes", "workspace-not-empty"],
        ["not-found", "yes"],
      ]).toContainEqual([outcomeOf(saving), outcomeOf(deleting)]);
    }
  });
});
