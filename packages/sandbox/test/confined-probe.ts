import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runConfined, type ConfinedResult } from "../src/confinement/confined-run.ts";
import { findTools } from "../src/confinement/find-tools.ts";
import { runLimits } from "../src/confinement/limits.ts";
import { profile, testSandbox, verdictOf } from "./asking.ts";

/**
 * A program, run by a test as one user or another: tries from inside the sandbox what must not work there, and prints
 * what came of it as JSON.
 */
const found = await findTools(process.env["PATH"] ?? "");
if (!found.ok) throw new Error(found.why);
const { tools } = found;
const root = mkdtempSync(join(tmpdir(), "hauberk-test-"));
mkdirSync(join(root, "usr"));
for (const name of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${name}`, join(root, name));
mkdirSync(join(root, "dev"));
writeFileSync(join(root, "dev/null"), "");

function told(result: ConfinedResult): unknown {
  if (result.kind !== "ended") return result;
  return { code: result.code, signal: result.signal, output: result.output.toString() };
}

function run(...argv: [string, ...string[]]): Promise<ConfinedResult> {
  const mounts = [
    { from: root, at: "/" },
    { from: "/usr", at: "/usr" },
  ];
  return runConfined(tools, { mounts, argv, limits: runLimits.interactive });
}

const sandbox = testSandbox();

/** The soft and hard limits that the program itself is told, by the names of getrlimit(2). */
const limits = { CPU: 0, FSIZE: 1, CORE: 4, NOFILE: 7, AS: 9 };
const prlimit64 = process.arch === "arm64" ? 261 : 302;
const ask = Object.entries(limits).map(
  ([name, number]) =>
    `my $l${number} = pack("QQ", 7, 7); syscall(${prlimit64}, 0, ${number}, 0, $l${number}); ` +
    `print join(" ", "${name}", unpack("QQ", $l${number})), "\\n";`,
);

const verdicts = {
  accepted: (await verdictOf(sandbox, { p: profile("  include <abstractions/base>") })).verdict,
  reaching: await verdictOf(sandbox, { p: profile('  include "/etc/passwd"') }),
  endless: (await verdictOf(sandbox, { p: profile(`  /**a${"?".repeat(30)} r,`) }, { effort: "interactive" })).reason,
};
console.log(
  JSON.stringify({
    user: process.getuid?.(),
    limits: told(await run("/usr/bin/perl", "-e", ask.join(" "))),
    inside: told(await run("/usr/bin/perl", "-e", 'print "$< $>"')),
    fork: told(await run("/usr/bin/perl", "-e", "fork; print 1")),
    socket: told(await run("/usr/bin/perl", "-e", "socket(S, 2, 1, 0); print 1")),
    write: told(await run("/usr/bin/perl", "-e", 'open(F, ">", "/x") or print "$!"')),
    machine: told(await run("/usr/bin/perl", "-e", 'print join " ", map { -e $_ ? $_ : () } qw(/etc /proc /sys /tmp)')),
    ...verdicts,
  }),
);
rmSync(root, { recursive: true });
await sandbox.close();
