import { describe, expect, test } from "vitest";
import type { ConfinedResult } from "../src/confinement/confined-run.ts";
import { runLimits } from "../src/confinement/limits.ts";
import { readResult, type Judgement } from "../src/verdict/read-result.ts";

const subject = { target: "debian-12", parser: "3.0.8", kernel: "6.1" };
const files = [{ path: "apparmor.d/p", text: "profile p {\n  /a r,\n}\n" }];

function ended(code: number | null, signal: number | null, messages = ""): ConfinedResult {
  const output = Buffer.from(code === 0 ? "policy" : "");
  return { kind: "ended", code, signal, output, messages: Buffer.from(messages), messagesCut: false };
}

function read(result: ConfinedResult): Judgement {
  return readResult(subject, result, files, runLimits.interactive);
}

const badAlloc = "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n";
const assertion = "apparmor_parser: hfa.cc:1338: Assertion `states.size() >= 2' failed.\n";
const missingLibrary = "apparmor_parser: error while loading shared libraries: libx.so.1: cannot open\n";

describe("a run that came to no orderly end is no verdict", () => {
  test.each([
    ["processor time used up", ended(null, 24), "cpu_limit"],
    ["killed by the kernel", ended(null, 9), "memory_limit"],
    ["memory refused", ended(null, 6, badAlloc), "memory_limit"],
    ["memory refused, and it said so itself", ended(1, null, "Memory allocation error.\n"), "memory_limit"],
    ["an assertion", ended(null, 6, assertion), "parser_crashed"],
    ["a fault in its memory", ended(null, 11), "parser_crashed"],
    ["a forbidden call", ended(null, 31), "sandbox_violation"],
    ["an attempt to write", ended(null, 25), "sandbox_violation"],
    ["a library that is not there", ended(127, null, missingLibrary), "target_unusable"],
    ["stopped by the clock", { kind: "stopped", by: "wall", messages: Buffer.alloc(0) }, "time_limit"],
    ["stopped for its output", { kind: "stopped", by: "output", messages: Buffer.alloc(0) }, "output_limit"],
    ["no longer wanted", { kind: "stopped", by: "abort", messages: Buffer.alloc(0) }, "cancelled"],
    ["a parser that is gone", { kind: "notStarted", why: "bwrap: execvp /x: No such file" }, "target_unusable"],
    ["never started", { kind: "notStarted", why: "bwrap: no" }, "sandbox_unavailable"],
  ] as const)("%s", (_, result, reason) => {
    const { verdict, policy } = read(result);
    expect(verdict).toMatchObject({ ...subject, verdict: "undecided", reason, compiled: null });
    expect(policy).toBeNull();
  });

  test("what the parser said before it crashed is kept", () => {
    const said = "Variable @{A} is referenced recursively (by @{A})\n";
    const { verdict } = read(ended(null, 6, said));
    expect(verdict.reason).toBe("parser_crashed");
    expect(verdict.diagnostics[0]?.message).toBe(said.trim());
  });
});

test("an error is never accepted, whatever the exit code says", () => {
  const said = "AppArmor parser error for /etc/apparmor.d/p in profile /etc/apparmor.d/p at line 2: odd\n";
  expect(read(ended(0, null, said)).verdict).toMatchObject({ verdict: "rejected", compiled: null });
});

test("a refusal without a word is told as one", () => {
  const { verdict } = read(ended(3, null));
  expect(verdict.verdict).toBe("rejected");
  expect(verdict.diagnostics[0]?.message).toContain("code 3");
});

test("cut messages are said to be cut", () => {
  const result = { ...ended(0, null, "odd\n"), messagesCut: true };
  expect(read(result).verdict.diagnostics.at(-1)?.message).toContain("64 KiB");
});
