import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runProgram } from "../src/toolchain/program.ts";
import { corpusFolder, toolchainFolder } from "../src/index.ts";
import { answersOf, profile, requestFor, target, testSandbox, verdictOf, verdictsOf } from "./asking.ts";

const sandbox = testSandbox();
afterAll(() => sandbox.close());

describe("a verdict", () => {
  test("says that the parser accepts, and gives the compiled policy by its hash", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  include <abstractions/base>", "  /etc/p.conf r,") });
    expect(verdict).toMatchObject({ target, verdict: "accepted", reason: null, parser: "3.0.8", kernel: "6.1" });
    const policy = await sandbox.compiledPolicy(verdict.compiled?.sha256 ?? "");
    expect(policy?.length).toBe(verdict.compiled?.size);
    const hash = createHash("sha256").update(policy ?? "");
    expect(hash.digest("hex")).toBe(verdict.compiled?.sha256);
    // A small one too is kept alone, not with the slab of memory that it was read into.
    const short = await verdictOf(sandbox, { p: profile("  /etc/q.conf r,") });
    const kept = await sandbox.compiledPolicy(short.compiled?.sha256 ?? "");
    expect(kept?.buffer.byteLength).toBe(short.compiled?.size);
  });

  test("says that the parser refuses, with its message at the line", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  /etc/p.conf r,", "  capability CAP_CHOWN,") });
    expect(verdict).toMatchObject({ verdict: "rejected", reason: null, compiled: null });
    expect(verdict.diagnostics).toEqual([
      {
        file: "apparmor.d/p",
        line: 5,
        column: 14,
        severity: "error",
        message: "Invalid capability CAP_CHOWN.",
      },
    ]);
    expect(verdict.summary).toContain("apparmor.d/p, line 5");
  });

  test("rests on the kernel's features: a network rule changes the policy", async () => {
    const without = await verdictOf(sandbox, { p: profile("  /a r,") });
    const withRule = await verdictOf(sandbox, { p: profile("  /a r,", "  network inet stream,") });
    const denied = await verdictOf(sandbox, { p: profile("  /a r,", "  deny network inet stream,") });
    const hashes = [without, withRule, denied].map((verdict) => verdict.compiled?.sha256);
    expect(new Set(hashes).size).toBe(3);
  });

  test("tells what the kernel will not enforce, at the rule", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,", "  dbus send bus=session,") });
    expect(verdict.verdict).toBe("accepted");
    expect(verdict.diagnostics).toEqual([
      {
        file: "apparmor.d/p",
        line: 5,
        column: 3,
        severity: "warning",
        message: "dbus rules not enforced",
        explanation: expect.stringContaining("does not mediate D-Bus"),
      },
    ]);
  });

  test("tells of an abstraction where that, and no rule of the profile, is what the message is about", async () => {
    const base = ["  /a r,", "  include <abstractions/base>", "  profile child {", "  unix (send),", "  }"];
    const verdict = await verdictOf(sandbox, { p: profile(...base) });
    const unix = "downgrading extended network unix socket rule to generic network rule";
    const meaning = "knows no rules for single unix sockets";
    expect(verdict.diagnostics.map(({ line, message, explanation }) => ({ line, message, explanation }))).toEqual([
      { line: 5, message: unix, explanation: expect.stringMatching(`^It comes from .abstractions/base.*${meaning}`) },
      { line: 7, message: unix, explanation: expect.stringMatching(`^The kernel of this target ${meaning}`) },
    ]);
    const through = { p: profile("  include <own/mine>"), "own/mine": "  include <abstractions/base>\n" };
    const [found] = (await verdictOf(sandbox, through)).diagnostics;
    expect(found).toMatchObject({ line: 4, explanation: expect.stringContaining("`own/mine`") });
  });

  test("covers every file: one bad profile among good ones refuses the design", async () => {
    const verdict = await verdictOf(sandbox, { a: small("a"), b: "profile b { /b rq, }\n", c: small("c") });
    expect(verdict.verdict).toBe("rejected");
    expect(verdict.diagnostics.map((one) => one.file)).toContain("apparmor.d/b");
    const all = await verdictOf(sandbox, { a: small("a"), c: small("c") });
    const [one, other] = [await verdictOf(sandbox, { a: small("a") }), await verdictOf(sandbox, { c: small("c") })];
    expect(all.compiled?.size).toBe((one.compiled?.size ?? 0) + (other.compiled?.size ?? 0));
  });

  test("comes a second time from memory, and is the same", async () => {
    const request = requestFor({ p: profile("  /remembered r,") });
    const [first] = await answersOf(sandbox.validate(request));
    const [second] = await answersOf(sandbox.validate({ ...request, effort: "interactive" }));
    expect(second?.verdict).toEqual(first?.verdict);
    expect(second?.milliseconds).toBeLessThan(first?.milliseconds ?? 0);
  });

  test("is undecided for a target that nobody knows, beside the others' verdicts", async () => {
    const request = requestFor({ p: profile("  /a r,") }, { targets: ["plan-9", target] });
    const [unknown, known] = await verdictsOf(sandbox, request);
    expect(unknown).toMatchObject({ verdict: "undecided", reason: "unknown_target", compiled: null });
    expect(unknown?.summary).toContain(target);
    expect(known?.verdict).toBe("accepted");
  });

  test("is undecided with what to do where the toolchain is not there", async () => {
    const elsewhere = testSandbox({ cache: "/nonexistent" });
    const verdict = await verdictOf(elsewhere, { p: profile("  /a r,") });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "toolchain_missing" });
    expect(verdict.summary).toContain(`npm run toolchains ${target}`);
    expect(await elsewhere.listTargets()).toContainEqual(expect.objectContaining({ id: target, usable: false }));
  });
});

function small(name: string): string {
  return `profile ${name} { /a r, }\n`;
}

describe("the tree of a job", () => {
  test("merges a design's tunables and abstractions with the target's", async () => {
    const design = {
      p: profile("  include <abstractions/consoles>", "  include <abstractions/own>", "  @{HOMEDIRS}/x r,"),
      "tunables/home.d/site": "@{HOMEDIRS}+=/srv/homes/\n",
      "tunables/global.d/own": "@{OWN}=/opt/own\n",
      "abstractions/own": "  @{OWN}/** r,\n",
    };
    const { p, ...parts } = design;
    const verdict = await verdictOf(sandbox, {
      ...parts,
      p: p.replace("global>", "global>\ninclude <tunables/global.d/own>"),
    });
    expect(verdict.diagnostics).toEqual([]);
    expect(verdict.verdict).toBe("accepted");
    const policy = await sandbox.compiledPolicy(verdict.compiled?.sha256 ?? "");
    const shorter = await verdictOf(sandbox, { p: p.replace("  include <abstractions/own>\n", "") });
    expect(policy?.length).toBeGreaterThan(shorter.compiled?.size ?? Infinity);
  });

  test("never puts a design's file in the place of the target's own", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,"), "abstractions/base": "  /** rw,\n" });
    expect(verdict).toMatchObject({ verdict: "rejected", compiled: null });
    expect(verdict.diagnostics).toEqual([
      expect.objectContaining({ file: "apparmor.d/abstractions/base", severity: "error" }),
    ]);
    expect(verdict.summary).toContain("/etc/apparmor.d/abstractions/base");
  });

  test.each(["local/p", "abstractions", "abi/3.0/x"])("has no place for %s", async (path) => {
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,"), [path]: "" });
    expect(verdict.verdict).toBe("rejected");
    expect(verdict.diagnostics[0]?.file).toBe(`apparmor.d/${path}`);
  });

  test("has an empty file where a design counts on one in local/ that a package would make, and says so", async () => {
    const needy = profile("  #include <local/p>", "  include <local/p>", "  include if exists <local/q>");
    const verdict = await verdictOf(sandbox, { p: needy });
    expect(verdict).toMatchObject({ verdict: "accepted", summary: expect.stringContaining("`local/p`") });
    expect(verdict.diagnostics.map(({ line, message }) => [line, message.split(" ")[0]])).toEqual([
      [4, "`local/p`"],
      [5, "`local/p`"],
    ]);
    expect(verdict.diagnostics[0]?.explanation).toContain("include if exists <local/p>");
    const readme = await verdictOf(sandbox, { p: profile("  include <local/README>") });
    expect(readme).toMatchObject({ verdict: "accepted", diagnostics: [] });
  });

  test.each(["local/../../x", "local/a/b", "local/..", "local/", "local", `local/${"x".repeat(300)}`])(
    "has nothing made up for an include of <%s>",
    async (path) => {
      const verdict = await verdictOf(sandbox, {
        p: profile(`  include <${path}>`),
        q: profile("  include <local/q>"),
      });
      expect(verdict.diagnostics.filter(({ message }) => message.includes("judged as an empty file"))).toHaveLength(1);
    },
  );

  test("compiles no part by itself, and a profile in a folder of its own only where nothing includes it", async () => {
    const part = await verdictOf(sandbox, { "abstractions/own": "  /a r,\n" });
    expect(part.verdict).toBe("rejected");
    expect(part.summary).toContain("no profile");
    const folder = await verdictOf(sandbox, { "apps/p": profile("  /a rq,") });
    expect(folder.diagnostics[0]?.file).toBe("apparmor.d/apps/p");
    const included = await verdictOf(sandbox, { p: profile("  include <p.d/part>"), "p.d/part": "  /a r,\n" });
    expect(included.verdict).toBe("accepted");
  });
});

describe("packaged profiles", () => {
  const folder = join(corpusFolder(target), "etc/apparmor.d");
  const root = join(toolchainFolder(target), "root");
  const output = mkdtempSync(join(tmpdir(), "hauberk-test-"));
  const installed = join(output, "apparmor.d");
  afterAll(() => rmSync(output, { recursive: true }));

  /** The files as on a machine where the packages are installed: each has its file in `local/`. */
  function install(names: readonly string[]): void {
    cpSync(folder, installed, { recursive: true, verbatimSymlinks: true });
    for (const name of names) writeFileSync(join(installed, "local", name), "");
  }

  /** What the parser makes of a file outside any sandbox: the bytes, or undefined where it refuses. */
  async function compileBare(file: string): Promise<Buffer | undefined> {
    const to = join(output, "policy");
    const options = [
      `--config-file=${join(root, "etc/apparmor/parser.conf")}`,
      `--kernel-features=${join(root, "etc/apparmor/kernel-features")}`,
      `--policy-features=${join(root, "usr/share/apparmor-features/features")}`,
    ];
    const rest = ["-Q", "-j0", "-K", "-T", "-b", installed, "-o", to, "--", file];
    const { code } = await runProgram(join(root, "usr/sbin/apparmor_parser"), [...options, ...rest]);
    return code === 0 ? readFileSync(to) : undefined;
  }

  test("get the verdict, and compile to the bytes, that the bare parser gives", { timeout: 120_000 }, async () => {
    const own = new Set(readdirSync(join(root, "etc/apparmor.d")));
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && !own.has(entry.name)).map((entry) => entry.name);
    expect(names.length).toBeGreaterThan(20);
    install(names);
    // What the packages of profiles bring beside the parser's own abstractions.
    const parts = readdirSync(join(folder, "abstractions")).filter(
      (name) => !existsSync(join(root, "etc/apparmor.d/abstractions", name)),
    );
    const abstractions = Object.fromEntries(
      parts.map((name) => [`abstractions/${name}`, readFileSync(join(folder, "abstractions", name), "utf8")]),
    );
    for (const name of names) {
      const bare = await compileBare(join(installed, name));
      const verdict = await verdictOf(sandbox, { ...abstractions, [name]: readFileSync(join(folder, name), "utf8") });
      const sha256 = bare ? createHash("sha256").update(bare).digest("hex") : undefined;
      expect(verdict.compiled?.sha256, `${name}: ${verdict.summary}`).toBe(sha256);
    }
  });
});
