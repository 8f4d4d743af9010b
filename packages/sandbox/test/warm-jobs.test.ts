import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfinedResult, ConfinementTools } from "../src/confinement/confined-run.ts";
import { findTools } from "../src/confinement/find-tools.ts";
import { runLimits } from "../src/confinement/limits.ts";
import { jobFolderPrefix } from "../src/job/job-folders.ts";
import { runJob, type Job } from "../src/job/run-job.ts";
import { WarmJobs, warmShape } from "../src/job/warm-jobs.ts";
import { profile, requestFor, testSandbox, verdictOf } from "./asking.ts";

/** A root with the machine's own `/usr`; jobs are Perl programs, so that they can try what the parser never should. */
const root = mkdtempSync(join(tmpdir(), "hauberk-test-"));
let tools: ConfinementTools;
/** A busy machine takes its time. */
const soon = { timeout: 10_000 };
let warm: WarmJobs;

beforeAll(async () => {
  for (const name of ["usr", "job", "elsewhere"]) mkdirSync(join(root, name));
  for (const name of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${name}`, join(root, name));
  const found = await findTools(process.env["PATH"] ?? "");
  if (!found.ok) throw new Error(found.why);
  tools = found.tools;
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => (warm = new WarmJobs()));
afterEach(() => warm.close());

function perlJob(text: string, name = "program"): Job {
  const argv = ["/usr/bin/perl", `/job/${name}`] as const;
  const limits = { ...runLimits.interactive, wallMilliseconds: 500 };
  const runIn: Job["runIn"] = (folder) => {
    const mounts = [
      { from: root, at: "/" },
      { from: "/usr", at: "/usr" },
      { from: folder, at: "/job" },
    ];
    return { mounts, argv: [...argv], limits };
  };
  return { target: "perl", tree: { folders: [], links: [], files: [{ path: name, text }] }, runIn };
}

function run(text: string, name?: string, signal?: AbortSignal): Promise<ConfinedResult> {
  const call = { warm, ...(signal && { signal }) };
  return warm.during(() => runJob(tools, perlJob(text, name), call));
}

/** Has a sandbox wait for a job of this name. */
async function prepare(name?: string): Promise<void> {
  await run("print 1", name);
  await vi.waitFor(() => expect(warm.size).toBe(1), soon);
}

/** Processes whose command line holds a text. */
function processesWith(text: string): number[] {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return numbers.filter((pid) => commandLine(pid).includes(text)).map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function start(program: string): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: "ignore" });
}

describe("a sandbox made ahead", () => {
  test("holds no text until its own comes, serves one run, and another is made", async () => {
    // Other tests' processes have folders there too.
    const own = basename(jobFolderPrefix());
    const before = readdirSync(tmpdir());
    await prepare();
    const [folder = ""] = readdirSync(tmpdir()).filter((name) => name.startsWith(own) && !before.includes(name));
    expect(readdirSync(join(tmpdir(), folder))).toEqual([]);
    const listing = 'opendir D, "/job"; print join " ", sort grep { !/^[.]/ } readdir D';
    const answer = run(listing);
    expect(warm.size).toBe(0);
    expect(await answer).toMatchObject({ kind: "ended", code: 0, output: Buffer.from("program") });
    await vi.waitFor(() => expect(warm.size).toBe(1), soon);
  });

  test("holds its program as any other does", async () => {
    const attempts: readonly [string, object][] = [
      ["fork", { signal: 31 }],
      ["socket(S, 2, 1, 0)", { signal: 31 }],
      ['print "$< "; print join ",", sort keys %ENV', { output: Buffer.from("65534 LC_ALL,PWD") }],
      // Perl itself reads its program from the first one that is free.
      ["for (4 .. 63) { open(my $f, '<&=', $_) and print }", { output: Buffer.from("") }],
      ['open(F, ">", "/job/x") or print "$!"', { output: Buffer.from("Read-only file system") }],
      ["$x = 'a' x (1 << 30)", { code: 12 }],
      ["1 while 1", { kind: "stopped", by: "wall" }],
    ];
    for (const [program, outcome] of attempts) {
      await prepare();
      expect({ program, ...(await run(program)) }).toMatchObject({ program, kind: "ended", ...outcome });
    }
  });

  test("waits for its own kind of job only", async () => {
    await prepare("one");
    expect(await run("print 2", "two")).toMatchObject({ output: Buffer.from("2") });
    await vi.waitFor(() => expect(warm.size).toBe(2), soon);
  });

  test("that was killed while it waited costs nobody an answer", async () => {
    const name = `killed-${process.pid}`;
    await prepare(name);
    for (const pid of processesWith(`/job/${name}`)) process.kill(pid, "SIGKILL");
    expect(await run("print 3", name)).toMatchObject({ kind: "ended", output: Buffer.from("3") });
  });

  test("ends with its run where that is no longer wanted", async () => {
    const name = `unwanted-${process.pid}`;
    await prepare(name);
    const abort = new AbortController();
    const answer = run("1 while 1", name, abort.signal);
    setTimeout(() => abort.abort(), 50);
    expect(await answer).toMatchObject({ kind: "stopped", by: "abort" });
    await vi.waitFor(() => expect(processesWith(`/job/${name}`)).toEqual([]), soon);
  });

  test("is one of a few, goes when nobody comes, and with those that made it", async () => {
    await warm.close();
    warm = new WarmJobs({ ...warmShape, most: 2, patience: 200 });
    const name = `few-${process.pid}`;
    for (const which of ["a", "b", "c"]) await run("print 1", `${name}-${which}`);
    await vi.waitFor(() => expect(warm.size).toBe(2), soon);
    await vi.waitFor(() => expect(processesWith(`/job/${name}`)).toEqual([]), soon);
    await prepare(name);
    await warm.close();
    expect(processesWith(`/job/${name}`)).toEqual([]);
  });
});

test("verdicts on one text after the other are each text's own", async () => {
  const sandbox = testSandbox();
  const name = `warm-${process.pid}`;
  const waits = (): void => expect(processesWith(`/etc/apparmor.d/${name}`).length).toBeGreaterThan(0);
  expect(await verdictOf(sandbox, { [name]: profile("  /a r,") })).toMatchObject({ verdict: "accepted" });
  await vi.waitFor(waits, soon);
  const rejected = await verdictOf(sandbox, { [name]: profile("  /a r,", "  /b rqq,") });
  expect(rejected).toMatchObject({ verdict: "rejected", diagnostics: [{ file: `apparmor.d/${name}`, line: 5 }] });
  await vi.waitFor(waits, soon);
  expect(await verdictOf(sandbox, { [name]: profile("  /c r,") })).toMatchObject({ verdict: "accepted" });
  await vi.waitFor(waits, soon);
  await sandbox.close();
  expect(processesWith(`/etc/apparmor.d/${name}`)).toEqual([]);
});

test("a killed program leaves no sandbox that waits, and one that ends need not close them", async () => {
  const name = `left-waiting-${process.pid}`;
  const door = new URL("../src/index.ts", import.meta.url).href;
  const request = JSON.stringify(requestFor({ [name]: profile("  /a r,") }));
  const asking = `import { createSandbox } from ${JSON.stringify(door)};
    for await (const answer of createSandbox().validate(${request})) answer.verdict;`;
  const stays = start(`${asking} setInterval(() => undefined, 1000);`);
  const waiting = (): number[] => processesWith(`/etc/apparmor.d/${name}`).filter((pid) => pid !== stays.pid);
  await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(0), soon);
  await vi.waitFor(() => expect(commandLine(String(waiting()[0]))).toContain("--block-fd"), soon);
  stays.kill("SIGKILL");
  await vi.waitFor(() => expect(waiting()).toEqual([]), soon);
  const ends = start(`${asking} await new Promise((resolve) => setTimeout(resolve, 200));`);
  expect((await once(ends, "exit"))[0]).toBe(0);
  await vi.waitFor(() => expect(waiting()).toEqual([]), soon);
});
