import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectSandbox, createSandbox, type Sandbox } from "../src/index.ts";
import { answersOf, profile, requestFor, testSandbox, verdictOf, verdictsOf } from "./asking.ts";
import { containerProblem } from "./launcher-container.ts";
import { startValidator, type RunningValidator } from "./validator-in-container.ts";

if (containerProblem !== null) console.log(`the validator is not tried: ${containerProblem}`);

const endless = (unique: string): string => profile(`  /${unique}**a${"?".repeat(30)} r,`);

describe.skipIf(containerProblem !== null)("a validator in its container", () => {
  let validator: RunningValidator;
  let remote: Sandbox;
  const local = testSandbox();
  const targets = ["debian-12", "debian-13", "debian-sid"];

  beforeAll(async () => {
    validator = await startValidator();
    remote = connectSandbox(validator.socket);
  });
  afterAll(async () => {
    await remote.close();
    await validator.stop();
    await local.close();
  });

  test("runs its parsers in isolation, and has the same targets", async () => {
    expect(await remote.isolationProblem()).toBeNull();
    const ours = (await local.listTargets()).filter(({ id }) => id !== "host");
    expect((await remote.listTargets()).filter(({ id }) => id !== "host")).toEqual(ours);
  });

  test("says of a design, on every target, what the sandbox of this machine says", async () => {
    const files = {
      p: profile(
        "  include <abstractions/base>",
        '  include "/etc/apparmor.d/abstractions/nameservice"',
        "  include if exists <local/p>",
        "  include <p.d>",
        "  network inet dgram,",
      ),
      "p.d/more": "  owner @{HOME}/.cache/** rw,\n",
      q: profile("  /a rq,").replace("profile p /usr/bin/p", "profile q"),
    };
    for (const some of [
      { p: files.p, "p.d/more": files["p.d/more"] },
      files,
      { p: 'abi "/etc/shadow",\nprofile p { }\n' },
    ]) {
      const asked = requestFor(some, { targets });
      expect(await verdictsOf(remote, asked)).toEqual(await verdictsOf(local, asked));
    }
  });

  test("hands over a target's policy tree, and what it compiled", async () => {
    expect(await remote.policyTree("debian-12")).toEqual(await local.policyTree("debian-12"));
    expect(await remote.policyTree("plan-9")).toEqual(await local.policyTree("plan-9"));
    const { compiled } = await verdictOf(remote, { p: profile("  /travels r,") });
    const policy = await remote.compiledPolicy(compiled?.sha256 ?? "");
    expect(policy?.length).toBe(compiled?.size);
    expect(await remote.compiledPolicy("0".repeat(64))).toBeUndefined();
  });

  test("ends a run that nobody wants any more", async () => {
    const name = `gone-${process.pid}`;
    const abort = new AbortController();
    const answers = answersOf(remote.validate(requestFor({ [name]: endless("g") }), { signal: abort.signal }));
    while (!parsersOf(name)) await wait(5);
    abort.abort();
    expect(await answers).toEqual([]);
    while (parsersOf(name)) await wait(5);
  });

  test.each([
    ["no JSON", "POST", "/validations", "{", 400],
    ["something else than a design", "POST", "/validations", '{"input":{"files":7}}', 400],
    ["a method that there is not", "POST", "/constructor", "{}", 404],
    ["another verb", "GET", "/targets", "", 404],
    ["more than a call may be", "POST", "/validations", " ".repeat(17 * 1024 * 1024), 413],
  ])("refuses %s", async (_, method, path, body, status) => {
    const sent = request({ socketPath: validator.socket, method, path, agent: false });
    sent.on("error", () => undefined);
    sent.end(body);
    const [response] = await once(sent, "response");
    expect(response.statusCode).toBe(status);
    response.destroy();
    expect((await verdictOf(remote, { p: profile("  /still r,") })).verdict).toBe("accepted");
  });
});

describe.skipIf(containerProblem !== null)("a validator that is killed", () => {
  test("takes its parsers along, and what it left unanswered is asked of its successor once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
    const first = await startValidator(undefined, folder);
    const remote = connectSandbox(first.socket);
    const name = `left-${process.pid}`;
    const asked = { ...requestFor({ [name]: endless("k") }), effort: "interactive" } as const;
    const answers = answersOf(remote.validate(asked));
    while (!parsersOf(name)) await wait(5);
    first.container.kill("SIGKILL");
    while (parsersOf(name)) await wait(5);
    const second = await startValidator(undefined, folder);
    expect((await answers).map(({ verdict }) => verdict.reason)).toEqual([expect.stringMatching(/^(cpu|time)_limit$/)]);
    await second.stop();
    await remote.close();
  });
});

test("without a validator nothing is decided, and it is said why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  const remote = connectSandbox(join(folder, "none.sock"));
  expect(await remote.isolationProblem()).toContain("the validator does not answer (ENOENT)");
  expect(await remote.listTargets()).toEqual([]);
  expect(await remote.policyTree("debian-12")).toMatchObject({ kind: "unusable" });
  const verdict = await verdictOf(remote, { p: profile("  /a r,") });
  expect(verdict).toMatchObject({ verdict: "undecided", reason: "sandbox_unavailable", compiled: null });
  rmSync(folder, { recursive: true });
});

test("outside of its container the launcher runs nothing", async () => {
  const sandbox = createSandbox({ confinement: "launcher" });
  const verdict = await verdictOf(sandbox, { p: profile("  /a r,") });
  expect(verdict).toMatchObject({ verdict: "undecided", reason: "sandbox_unavailable", compiled: null });
  await sandbox.close();
});

/** Whether a parser works on a file of this name, in whatever container. */
function parsersOf(name: string): boolean {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .some((pid) => {
      const line = commandLine(pid);
      return line.includes(`/etc/apparmor.d/${name}`) && line.includes("apparmor_parser");
    });
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
