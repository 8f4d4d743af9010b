import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { UndecidedReason } from "@hauberk/contract";
import { afterAll, describe, expect, test, vi } from "vitest";
import { answersOf, profile, requestFor, testSandbox, verdictOf } from "./asking.ts";

const sandbox = testSandbox();
afterAll(() => sandbox.close());

const interactive = { effort: "interactive" } as const;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** A machine under load may reach the limit on the clock before the one on the processor, a fast one the one on output or memory. */
const limitReached: readonly UndecidedReason[] = ["cpu_limit", "time_limit", "output_limit", "memory_limit"];

/** Compiles for minutes. */
const endless = (unique: string): string => profile(`  /${unique}**a${"?".repeat(30)} r,`);

describe("a policy that costs too much", () => {
  test.each([
    ["a wildcard before many single ones", endless("x")],
    ["a wildcard before a long tail in alternations", profile(`  /**{a,b}{c,d}${"?".repeat(28)}{e,f} r,`)],
    ["tens of thousands of hats", profile(lines(40_000, (index) => `^h${index} { }`))],
    ["tens of thousands of child profiles", profile(lines(30_000, (index) => `profile c${index} { /a${index} r, }`))],
  ])("ends at the limit: %s", async (_, text) => {
    const verdict = await verdictOf(sandbox, { p: text }, interactive);
    expect(verdict.verdict).toBe("undecided");
    expect(limitReached).toContain(verdict.reason);
    expect(verdict.compiled).toBeNull();
  });
});

describe("a policy that reaches out", () => {
  test.each([
    ["a file of the machine", `  include "/etc/shadow"`],
    ["a file as the names of capabilities", `  capability include "/etc/passwd"`],
    ["its own process", `  include "/proc/self/environ"`],
    ["a device without an end", `  include "/dev/zero"`],
    ["the kernel's files", `  include "/sys/kernel/security"`],
    ["a way out of the tree", `  include <../../../etc/passwd>`],
    ["a way out of local/", `  include <local/../../../../etc/passwd>`],
    ["the machine's temporary files", `  include "/tmp"`],
    ["the parser's own memory", `  include "/proc/self/mem"`],
    ["a terminal", `  include "/dev/tty"`],
  ])("meets nothing: %s", async (_, line) => {
    const verdict = await verdictOf(sandbox, { p: profile(line) });
    expect(verdict.verdict).toBe("rejected");
    expect(verdict.diagnostics.every((one) => one.message.startsWith("Could not open"))).toBe(true);
    expect(JSON.stringify(verdict)).not.toContain("root:");
  });

  test.each(["/etc/apparmor/parser.conf", "/etc/apparmor/kernel-features", "/usr/sbin/apparmor_parser"])(
    "reads %s, which is the release's, and tells nothing that is not public",
    async (path) => {
      const verdict = await verdictOf(sandbox, { p: profile(`  include "${path}"`) });
      expect(verdict.verdict).not.toBe("accepted");
    },
  );

  test("finds no feature file of the machine either", async () => {
    const verdict = await verdictOf(sandbox, { p: 'abi "/etc/shadow",\nprofile p { }\n' });
    expect(verdict.verdict).toBe("rejected");
    expect(verdict.diagnostics[0]?.message).toMatch(/^Could not open/);
  });

  test("sees nothing of what its jobs lie in", async () => {
    const verdict = await verdictOf(sandbox, { p: profile(`  include "/etc/apparmor.d/p"`, "  /a rq,") });
    expect(JSON.stringify(verdict)).not.toMatch(/hauberk-job|\/tmp\/|\/policy/);
  });
});

/** Each variable ten values of the one before: 10^9 paths in two hundred lines. */
const multiplied =
  lines(
    10,
    (index) => `@{V${index}}=${index === 0 ? "a b" : lines(10, (n) => `@{V${index - 1}}${n}`).replaceAll("\n", " ")}`,
  ) + "\n";

describe("names and texts made to confuse", () => {
  test.each(["--version", "-R", "-", "--config-file=p", "-o x", "a b;touch c", "$(id)", "%s%n"])(
    "a file named %s is a profile like any other",
    async (name) => {
      const verdict = await verdictOf(sandbox, { [name]: profile("  /a r,", "  /b rq,") });
      expect(verdict.verdict).toBe("rejected");
      expect(verdict.diagnostics[0]).toMatchObject({ file: `apparmor.d/${name}`, line: 5 });
    },
  );

  test.each(["a\nb", "../../escape", "/etc/cron.d/x", "a//b", "."])(
    "a file at %j is refused before anything is written",
    async (path) => {
      const verdict = await verdictOf(sandbox, { [path]: profile("  /a r,") });
      expect(verdict).toMatchObject({ verdict: "rejected", compiled: null });
      expect(verdict.summary).toMatch(/^The parser was not asked/);
    },
  );

  test("control characters of a name come out as text", async () => {
    const verdict = await verdictOf(sandbox, { p: 'profile "a\u001b[31m\rb" { /a px, /a ux, }\n' });
    expect(verdict.verdict).toBe("rejected");
    expect(verdict.diagnostics[0]?.message).toContain("\\x1b[31m\\x0db");
  });

  test.each([
    ["NUL bytes", profile("  /a\0b r,")],
    ["bytes of every kind", lines(500, (index) => String.fromCharCode(index % 256, (index * 7) % 256))],
    ["a line of ten million characters", profile(`  /${"a".repeat(10_000_000)} r,`)],
    ["a comment of ten million characters", `#${"a".repeat(10_000_000)}\n${profile("  /a r,")}`],
    ["a hundred thousand open braces", profile("{".repeat(100_000))],
    ["twenty thousand conditionals", `$x=true\n${profile("if $x {\n".repeat(20_000))}`],
    ["variables that multiply", `${multiplied}profile p { /@{V9}/@{V9} r, }\n`],
    ["an alias of everything", `alias / -> /a/,\n${profile("  /** rw,")}`],
    ["a hundred thousand flags", `profile p flags=(${"complain,".repeat(100_000)}) { }\n`],
    ["a name of a million characters", `profile ${"n".repeat(1_000_000)} { }\n`],
    ["quotes without an end", `profile p { "${"/a ".repeat(100_000)}\n`],
    ["a variable made of itself", "@{A}=@{A}x\nprofile p { /@{A} r, }\n"],
    ["a file that includes itself", profile("  include <p>")],
  ])("%s end in a plain answer", async (_, text) => {
    const verdict = await verdictOf(sandbox, { p: text }, interactive);
    expect([null, ...limitReached]).toContain(verdict.reason);
    expect(verdict.verdict !== "rejected" || verdict.diagnostics.length > 0).toBe(true);
  });

  test("files that include one another in a circle end in a plain answer", async () => {
    const design = { p: profile("  include <r/a>"), "r/a": "include <r/b>\n", "r/b": "include <r/a>\n" };
    const verdict = await verdictOf(sandbox, design, interactive);
    expect(verdict.reason).toBeNull();
  });

  test("a flood of messages is cut, said so, and shown once each", async () => {
    const flood = lines(800, (index) => `profile f${index} { network unix, }`);
    const verdict = await verdictOf(sandbox, { p: flood });
    expect(verdict.verdict).toBe("accepted");
    expect(verdict.diagnostics.length).toBeLessThanOrEqual(201);
  });
});

describe("a run that is no longer wanted", () => {
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

test("a run does not outlive the program that started it", async () => {
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
