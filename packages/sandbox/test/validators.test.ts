import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { connectSandbox, type Sandbox } from "../src/index.ts";
import { serveSandbox, type ServedSandbox } from "../src/validator/serve-sandbox.ts";
import { order } from "../src/validator/validator-sockets.ts";
import { answersOf, profile, requestFor, testSandbox, verdictOf } from "./asking.ts";
import { containerProblem } from "./launcher-container.ts";
import { startValidator } from "./validator-in-container.ts";

function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Counted extends ServedSandbox {
  /** The clients whose designs it was asked about. */
  readonly clients: string[];
}

/** Serves the sandbox of this machine on a socket, and notes who asked. */
async function serveCounted(socket: string): Promise<Counted> {
  const sandbox = testSandbox();
  const clients: string[] = [];
  const counted: Sandbox = {
    listTargets: () => sandbox.listTargets(),
    isolationProblem: () => sandbox.isolationProblem(),
    validate: (request, call) => {
      clients.push(call?.client ?? "");
      return sandbox.validate(request, call);
    },
    standings: (request, call) => sandbox.standings(request, call),
    policyTree: (id) => sandbox.policyTree(id),
    compiledPolicy: (sha256) => sandbox.compiledPolicy(sha256),
    close: () => sandbox.close(),
  };
  const served = await serveSandbox(counted, socket);
  onTestFinished(() => served.stop().catch(() => undefined));
  return { ...served, clients };
}

/** A profile that is accepted, and another one each time. */
let made = 0;
const another = () => requestFor({ p: profile(`  /opt/${made++} r,`) });

test("what is asked at once is shared among all validators, and a policy is had from whichever compiled it", async () => {
  const folder = testFolder();
  const validators = await Promise.all(["a", "b", "c"].map((name) => serveCounted(join(folder, `${name}.sock`))));
  const remote = connectSandbox(folder);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => answersOf(remote.validate(another(), { client: "192.0.2.1" }))),
  );
  expect(validators.map(({ clients }) => clients.length)).toEqual([2, 2, 2]);
  for (const [answer] of answers) {
    expect(answer?.verdict.verdict).toBe("accepted");
    const { compiled } = answer?.verdict ?? {};
    expect((await remote.compiledPolicy(compiled?.sha256 ?? ""))?.length).toBe(compiled?.size);
  }
  await remote.close();
});

test("a client that asks one thing after the other stays with one validator, which remembers", async () => {
  const folder = testFolder();
  const sockets = ["a", "b"].map((name) => join(folder, `${name}.sock`));
  const validators = await Promise.all(sockets.map((socket) => serveCounted(socket)));
  const remote = connectSandbox(...sockets);
  for (let round = 0; round < 4; round++) await answersOf(remote.validate(another(), { client: "192.0.2.7" }));
  expect(new Set(validators.map(({ clients }) => clients.length))).toEqual(new Set([0, 4]));
  await remote.close();
});

test("a dead validator is left out, and gets work again when it is back", async () => {
  const folder = testFolder();
  const [first, second] = [join(folder, "a.sock"), join(folder, "b.sock")];
  const [dying, staying] = [await serveCounted(first), await serveCounted(second)];
  const remote = connectSandbox(first, second);
  const askAll = () =>
    Promise.all(
      Array.from({ length: 4 }, async () => (await answersOf(remote.validate(another())))[0]?.verdict.verdict),
    );
  expect(await askAll()).toEqual(Array.from({ length: 4 }, () => "accepted"));
  expect([dying.clients.length, staying.clients.length]).toEqual([2, 2]);
  await dying.stop();
  expect(await askAll()).toEqual(Array.from({ length: 4 }, () => "accepted"));
  expect(staying.clients.length).toBe(6);
  const back = await serveCounted(first);
  while (back.clients.length === 0) {
    expect(await askAll()).toEqual(Array.from({ length: 4 }, () => "accepted"));
    await wait(50);
  }
  await remote.close();
});

test("the least busy is tried first, and one that did not answer last", () => {
  const loads = new Map([
    ["busy", { calls: 3, leftOut: false }],
    ["gone", { calls: 0, leftOut: true }],
    ["idle", { calls: 1, leftOut: false }],
  ]);
  const loadOf = (socket: string) => loads.get(socket) ?? { calls: 0, leftOut: false };
  expect(order([...loads.keys()], "anybody", loadOf)).toEqual(["idle", "busy", "gone"]);
});

test.skipIf(containerProblem !== null)("what a killed validator left unanswered another one answers", async () => {
  const validators = await Promise.all([startValidator(), startValidator()]);
  const remote = connectSandbox(...validators.map(({ socket }) => socket));
  const asked = { ...requestFor({ p: profile(`  /k**a${"?".repeat(30)} r,`) }), effort: "interactive" } as const;
  const answers = answersOf(remote.validate(asked, { client: "x" }));
  // Long enough to have been taken by one of them, far from the end of what it takes.
  await wait(300);
  const [killed, other] = order(
    validators.map(({ socket }) => socket),
    "x",
    () => ({ calls: 0, leftOut: false }),
  );
  for (const { socket, container } of validators) if (socket === killed) container.kill("SIGKILL");
  expect((await answers).map(({ verdict }) => verdict.reason)).toEqual([expect.stringMatching(/^(cpu|time)_limit$/)]);
  expect(other).not.toBe(killed);
  expect((await verdictOf(remote, { p: profile("  /after r,") })).verdict).toBe("accepted");
  await remote.close();
  await Promise.all(validators.map((validator) => validator.stop()));
});
