import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assembleBpf } from "../src/confinement/bpf-assembler.ts";
import { runConfined, type ConfinedResult, type ConfinementTools } from "../src/confinement/confined-run.ts";
import { findTools } from "../src/confinement/find-tools.ts";
import { runLimits, type RunLimits } from "../src/confinement/limits.ts";
import { systemCallFilter } from "../src/confinement/system-call-filter.ts";
import { profile, testSandbox, verdictOf } from "./asking.ts";

const forbiddenCall = 31;
const cpuTimeUp = 24;
const environmentPath = process.env["PATH"] ?? "";

/** A root that shows the machine's own `/usr`, so that ordinary programs can try what the parser never should. */
const root = mkdtempSync(join(tmpdir(), "hauberk-test-"));
let tools: ConfinementTools;

beforeAll(async () => {
  mkdirSync(join(root, "usr"));
  for (const name of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${name}`, join(root, name));
  // Perl reads a program given by -e from there.
  mkdirSync(join(root, "dev"));
  writeFileSync(join(root, "dev/null"), "");
  writeFileSync(join(root, "secret"), "", { mode: 0o600 });
  const found = await findTools(environmentPath);
  if (!found.ok) throw new Error(found.why);
  tools = found.tools;
});
afterAll(() => rmSync(root, { recursive: true }));

function run(argv: readonly [string, ...string[]], limits: Partial<RunLimits> = {}): Promise<ConfinedResult> {
  const mounts = [
    { from: root, at: "/" },
    { from: "/usr", at: "/usr" },
  ];
  return runConfined(tools, { mounts, argv: [...argv], limits: { ...runLimits.interactive, ...limits } });
}

/** What a Perl program prints, where it ends well. */
async function perl(program: string): Promise<string> {
  const result = await run(["/usr/bin/perl", "-e", program]);
  if (result.kind !== "ended" || result.code !== 0) throw new Error(`perl failed: ${JSON.stringify(result)}`);
  return result.output.toString();
}

describe("a confined program", () => {
  test("runs, and its exit code and output come back", async () => {
    const result = await run(["/usr/bin/perl", "-e", "print 'out'; print STDERR 'err'; exit 7"]);
    if (result.kind !== "ended") throw new Error(result.kind);
    expect(result).toMatchObject({ code: 7, signal: null, messagesCut: false });
    expect([result.output.toString(), result.messages.toString()]).toEqual(["out", "err"]);
  });

  test.each([
    ["a new user namespace", ["/usr/bin/unshare", "--user", "/usr/bin/true"]],
    ["a new process", ["/usr/bin/perl", "-e", "fork"]],
    ["another program beside it", ["/usr/bin/perl", "-e", "system '/usr/bin/true'"]],
    ["a socket", ["/usr/bin/perl", "-e", "socket(S, 2, 1, 0)"]],
    ["a unix socket", ["/usr/bin/perl", "-e", "socket(S, 1, 1, 0)"]],
    ["a signal to another", ["/usr/bin/perl", "-e", "kill 9, 1"]],
    ["a new folder", ["/usr/bin/perl", "-e", "mkdir '/x'"]],
    ["a removal", ["/usr/bin/perl", "-e", "unlink '/secret'"]],
    ["a change of owner", ["/usr/bin/perl", "-e", "chown 0, 0, '/secret'"]],
    ["another root", ["/usr/bin/perl", "-e", "chroot '/usr'"]],
    ["a mount", ["/usr/bin/perl", "-e", "syscall(165, 0, 0, 0, 0, 0)"]],
    ["ptrace", ["/usr/bin/perl", "-e", "syscall(101, 0, 0, 0, 0)"]],
    ["a call of the x32 kind", ["/usr/bin/perl", "-e", "syscall(0x40000000 + 39)"]],
  ] as const)("is killed for %s", async (_, [program, ...args]) => {
    // The numbers that Perl is given are those of one architecture; elsewhere they name other calls, forbidden too.
    expect(await run([program, ...args])).toMatchObject({ kind: "ended", code: null, signal: forbiddenCall });
  });

  test("is nobody, without groups or environment", async () => {
    expect(await perl('print "$< $> "; print join ",", sort keys %ENV')).toBe("65534 65534 LC_ALL,PWD");
  });

  test("sees its own tree and no other", async () => {
    const top = await perl('opendir D, "/"; print join " ", sort grep { !/^[.]/ } readdir D');
    expect(top).toBe("bin dev lib lib64 sbin secret usr");
  });

  test("writes nowhere", async () => {
    for (const path of ["/x", "/usr/x", "/secret"]) {
      expect(await perl(`open(F, ">>", "${path}") ? print "open" : print "$!"`)).toMatch(/Read-only file system/);
    }
  });

  test("holds no file of ours open", async () => {
    expect(await perl("for (3 .. 63) { open(my $f, '<&=', $_) and print \"$_ \" }")).toBe("");
  });
});

test("a crash comes back as the signal that it was", async () => {
  expect(await run(["/usr/bin/perl", "-e", "unpack 'p', pack 'J', 1"])).toMatchObject({ code: null, signal: 11 });
  // As the C library's abort() does it.
  const tgkill = process.arch === "arm64" ? 131 : 234;
  const abort = `syscall(${tgkill}, $$ + 0, $$ + 0, 6)`;
  expect(await run(["/usr/bin/perl", "-e", abort])).toMatchObject({ code: null, signal: 6 });
});

describe("a limit", () => {
  test("on processor time ends the program by its own signal", async () => {
    const limits = { cpuSeconds: { soft: 1, hard: 2 }, wallMilliseconds: 60_000 };
    expect(await run(["/usr/bin/perl", "-e", "1 while 1"], limits)).toMatchObject({ kind: "ended", signal: cpuTimeUp });
  });

  test("on the clock ends it too", async () => {
    const result = await run(["/usr/bin/perl", "-e", "1 while 1"], { wallMilliseconds: 300 });
    expect(result).toMatchObject({ kind: "stopped", by: "wall" });
  });

  test("on memory makes an allocation fail", async () => {
    const result = await run(["/usr/bin/perl", "-e", "$x = 'a' x (1 << 30)"]);
    if (result.kind !== "ended") throw new Error(result.kind);
    expect(result.messages.toString()).toMatch(/Out of memory/);
  });

  test("on output ends the run", async () => {
    const result = await run(["/usr/bin/perl", "-e", "print 'x' x 100000 while 1"], { policyBytes: 1_000_000 });
    expect(result).toMatchObject({ kind: "stopped", by: "output" });
  });

  test("on messages drops the rest and says so", async () => {
    const result = await run(["/usr/bin/perl", "-e", "print STDERR 'x' x 100000"], { messageBytes: 1000 });
    if (result.kind !== "ended") throw new Error(result.kind);
    expect(result).toMatchObject({ code: 0, messagesCut: true });
    expect(result.messages.length).toBe(1000);
  });
});

describe("without isolation nothing runs", () => {
  test("where bubblewrap is not installed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
    symlinkSync("/usr/bin/prlimit", join(folder, "prlimit"));
    const sandbox = testSandbox({ searchPath: folder });
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,") });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "sandbox_unavailable", compiled: null });
    expect(await sandbox.isolationProblem()).toContain("bubblewrap");
    const [target] = (await sandbox.listTargets()).filter((one) => one.id === "debian-12");
    expect(target).toMatchObject({ usable: false, why: expect.stringContaining("bubblewrap") });
    rmSync(folder, { recursive: true });
  });

  test("where bubblewrap can't start", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
    symlinkSync("/usr/bin/prlimit", join(folder, "prlimit"));
    // As in a container that forbids namespaces: it says so and ends.
    const refusal = "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n";
    writeFileSync(join(folder, "bwrap"), refusal, { mode: 0o755 });
    const sandbox = testSandbox({ searchPath: folder });
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,") });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "sandbox_unavailable", compiled: null });
    expect(await sandbox.isolationProblem()).toContain("No permissions to create a new namespace");
    rmSync(folder, { recursive: true });
  });

  test("on an architecture that has no list of system calls", () => {
    expect(systemCallFilter({ within: "namespaces", architecture: "s390x" })).toBeUndefined();
  });
});

test("a filter is a whole number of instructions, for each architecture another one", () => {
  const [x86, arm] = ["x64", "arm64"].map((architecture) => systemCallFilter({ within: "namespaces", architecture }));
  expect(x86?.length).toBeGreaterThan(0);
  expect((x86?.length ?? 1) % 8).toBe(0);
  expect(arm?.equals(x86 ?? Buffer.alloc(0))).toBe(false);
});

test("the assembler refuses jumps that classic BPF can't make", () => {
  const jump = { do: "jumpIfEqual", value: 1, to: "there" } as const;
  const label = { do: "label", name: "there" } as const;
  const step = { do: "return", value: 0 } as const;
  expect(assembleBpf([jump, step, label, step]).length).toBe(24);
  expect(() => assembleBpf([jump, step])).toThrow("no label");
  expect(() => assembleBpf([label, step, jump])).toThrow(RangeError);
  expect(() => assembleBpf([jump, ...Array.from({ length: 300 }, () => step), label, step])).toThrow(RangeError);
});
