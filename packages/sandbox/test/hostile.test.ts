import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectSandbox, type Sandbox } from "../src/index.ts";
import { answersOf, profile, requestFor, testSandbox, verdictOf } from "./asking.ts";
import { faultsOf, secret } from "./clear-answer.ts";
import { hostileCases } from "./hostile-cases.ts";
import { containerProblem } from "./launcher-container.ts";
import { lowLimits } from "./low-limits.ts";
import { startValidator } from "./validator-in-container.ts";

/** Compiles for minutes. */
const endless = (unique: string): string => profile(`  /${unique}**a${"?".repeat(30)} r,`);

interface Subject {
  readonly sandbox: Sandbox;
  readonly stop: () => Promise<void>;
}

/** A validator that runs already, as `scripts/docker.sh` starts one; else the tests start their own. */
const running = process.env["HAUBERK_TEST_VALIDATOR"];

const kinds: readonly {
  readonly kind: string;
  readonly problem: string | null;
  readonly start: () => Promise<Subject>;
}[] =
  running !== undefined
    ? [{ kind: `the validator at ${running}`, problem: null, start: () => Promise.resolve(through(running)) }]
    : [
        { kind: "bubblewrap", problem: null, start: () => Promise.resolve(ofThisMachine()) },
        { kind: "the launcher", problem: containerProblem, start: inItsContainer },
      ];

function through(socket: string): Subject {
  const sandbox = connectSandbox(socket);
  return { sandbox, stop: () => sandbox.close() };
}

function ofThisMachine(): Subject {
  const sandbox = testSandbox({ limits: lowLimits });
  return { sandbox, stop: () => sandbox.close() };
}

async function inItsContainer(): Promise<Subject> {
  const validator = await startValidator("validator-with-low-limits.ts");
  return { ...through(validator.socket), stop: () => validator.stop() };
}

describe.each(kinds)("hostile designs in $kind", ({ kind, problem, start }) => {
  if (problem !== null) console.log(`not tried in ${kind}: ${problem}`);
  let subject: Subject;
  let targets: string[];
  beforeAll(async () => {
    if (problem !== null) return;
    vi.stubEnv("HAUBERK_SECRET", secret);
    subject = await start();
    const known = await subject.sandbox.listTargets();
    targets = known.filter(({ id, usable }) => usable && id.startsWith("debian-")).map(({ id }) => id);
    if (targets.length === 0) throw new Error("no target is usable, so there is nobody to ask");
  });
  afterAll(() => subject?.stop());

  test.skipIf(problem !== null).concurrent.each(hostileCases)("$name", { timeout: 300_000 }, async (hostile) => {
    const request = requestFor(hostile.files, { targets, effort: "interactive" });
    const answers = await answersOf(subject.sandbox.validate(request, { client: hostile.name }));
    expect(answers.map(({ verdict }) => verdict.target).toSorted()).toEqual(targets.toSorted());
    expect(answers.flatMap(({ verdict }) => faultsOf(verdict, hostile))).toEqual([]);
  });
});

describe.skipIf(running !== undefined)("a run that is no longer wanted", () => {
  const sandbox = testSandbox();
  afterAll(() => sandbox.close());

  test("ends with all its processes", async () => {
    const name = `unwanted-${process.pid}`;
    const abort = new AbortController();
    const answers = answersOf(sandbox.validate(requestFor({ [name]: endless("u") }), { signal: abort.signal }));
    while (!processesWith(name).some((line) => line.includes("apparmor_parser"))) await wait(5);
    abort.abort();
    expect(await answers).toEqual([]);
    expect(processesWith(name)).toEqual([]);
  });

  test("ends where nobody reads the answers on", async () => {
    const name = `unread-${process.pid}`;
    const request = requestFor({ [name]: endless("v") }, { targets: ["plan-9", "debian-12"] });
    for await (const { verdict } of sandbox.validate(request)) {
      expect(verdict.target).toBe("plan-9");
      while (processesWith(name).length === 0) await wait(5);
      break;
    }
    expect(processesWith(name)).toEqual([]);
  });

  test("ends when the sandbox closes", async () => {
    const name = `closed-${process.pid}`;
    const other = testSandbox();
    const answers = answersOf(other.validate(requestFor({ [name]: endless("w") })));
    while (processesWith(name).length === 0) await wait(5);
    await other.close();
    expect(await answers).toEqual([]);
    expect(processesWith(name)).toEqual([]);
  });
});

test.skipIf(running !== undefined)("a run does not outlive the program that started it", async () => {
  const name = `orphan-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  const door = new URL("../src/index.ts", import.meta.url).href;
  const request = JSON.stringify(requestFor({ [name]: endless("o") }));
  const program = `import { createSandbox } from ${JSON.stringify(door)};
    for await (const answer of createSandbox().validate(${request})) console.log(answer);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: "ignore",
    env: { ...process.env, TMPDIR: folder },
  });
  const parsers = (): string[] => processesWith(`/etc/apparmor.d/${name}`).filter((line) => !line.includes("--eval"));
  while (!parsers().some((line) => line.startsWith("/usr/sbin/apparmor_parser"))) await wait(5);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  while (parsers().length > 0) await wait(5);
  expect(parsers()).toEqual([]);
  // Killed so, it could not remove its job's folder, nor that of the links: the next one does.
  expect(readdirSync(folder).map((entry) => entry.startsWith("hauberk-job-"))).toEqual([true, true]);
  vi.stubEnv("TMPDIR", folder);
  const next = testSandbox();
  expect((await verdictOf(next, { p: profile("  /swept r,") })).verdict).toBe("accepted");
  await next.close();
  vi.unstubAllEnvs();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** The command lines of running processes that hold a text. */
function processesWith(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(text));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
