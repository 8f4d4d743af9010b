/**
 * How much verdicts cost beside the bare parsers with the same flags and trees, each time compiled anew, taken turn by
 * turn so that both meet the same machine: one target alone, and three at once beside the slowest of them. Run by
 * `node packages/sandbox/bench/verdict.ts [ROUNDS] [--json]`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, toolchainFolder } from "../src/index.ts";
import { parserOptions } from "../src/verdict/judge.ts";
import { featuresInRoot } from "../src/toolchain/obtain.ts";

const json = process.argv.includes("--json");
const rounds = Number(process.argv.slice(2).find((word) => word !== "--json") ?? 50);
const warmUps = 3;

/** A profile as people write them: 30 lines, or a thousand; `unique` so that nothing is remembered. */
function profileText(rules: number, unique: string): string {
  const lines = Array.from({ length: rules }, (_, index) => `  /opt/${unique}/part${index}/{bin,lib}/* r,`);
  const head = ["abi <abi/3.0>,", "include <tunables/global>", "profile bench /usr/bin/bench {"];
  const common = ["  include <abstractions/base>", "  capability net_raw,", "  network inet stream,"];
  return [...head, ...common, ...lines, "  include if exists <local/bench>", "}", ""].join("\n");
}

/** The parser as a person would run it here: the same flags, tree, features and configuration, nothing around it. */
function bareMilliseconds(target: string, text: string): number {
  const root = join(toolchainFolder(target), "root");
  const folder = mkdtempSync(join(tmpdir(), "hauberk-bench-"));
  const file = join(folder, "bench");
  writeFileSync(file, text);
  const options = parserOptions.map((option) => option.replace(featuresInRoot, join(root, featuresInRoot)));
  const own = [
    `--config-file=${join(root, "etc/apparmor/parser.conf")}`,
    `--policy-features=${join(root, "usr/share/apparmor-features/features")}`,
    `--base=${join(root, "etc/apparmor.d")}`,
  ];
  // Under the release's own loader and libraries, as in the sandbox: the machine's may be too old for it.
  const loader = [join(root, "lib64/ld-linux-x86-64.so.2"), "--library-path", join(root, "usr/lib/x86_64-linux-gnu")];
  const program = join(root, "usr/sbin/apparmor_parser");
  const [command, ...before] = process.arch === "x64" ? [...loader, program] : [program];
  const begun = performance.now();
  const { status, stderr } = spawnSync(command, [...before, ...own, ...options, "--", file], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const taken = performance.now() - begun;
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`the bare parser failed: ${stderr.toString()}`);
  return taken;
}

const sandbox = createSandbox();

async function verdictMilliseconds(targets: string[], text: string): Promise<number> {
  const files = [{ path: "apparmor.d/bench", text }];
  const begun = performance.now();
  for await (const { verdict } of sandbox.validate({ name: "bench", files, targets, effort: "full" })) {
    if (verdict.verdict !== "accepted") throw new Error(verdict.summary);
  }
  return performance.now() - begun;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The releases that can be asked here, of those with a toolchain of their own. */
const releases = (await sandbox.listTargets())
  .filter(({ id, usable }) => usable && ["debian-12", "debian-13", "debian-sid"].includes(id))
  .map(({ id }) => id);

const results: { name: string; median: number; p95: number; ratio: number; ratioP95: number }[] = [];
for (const targets of [releases.slice(0, 1), releases]) {
  for (const rules of [20, 1000]) {
    const bare: number[] = [];
    const verdicts: number[] = [];
    for (let round = -warmUps; round < rounds; round++) {
      const text = profileText(rules, `targets${targets.length}round${round}`);
      const slowest = Math.max(...targets.map((target) => bareMilliseconds(target, text)));
      const taken = await verdictMilliseconds(targets, text);
      if (round < 0) continue;
      bare.push(slowest);
      verdicts.push(taken);
    }
    const [bareMedian, bareP95] = [quantile(bare, 0.5), quantile(bare, 0.95)];
    const which = targets.length === 1 ? "bare parser" : `slowest of ${targets.length} bare parsers`;
    const what = targets.length === 1 ? "verdict" : `verdicts of ${targets.length} targets`;
    for (const [name, values] of [
      [`${which}, ${rules} rules (baseline)`, bare],
      [`${what}, ${rules} rules`, verdicts],
    ] as const) {
      const [median, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
      results.push({ name, median, p95, ratio: median / bareMedian, ratioP95: p95 / bareP95 });
    }
  }
}
await sandbox.close();

if (json) {
  console.log(JSON.stringify({ format: 1, rounds, results }, null, 2));
} else {
  console.log(
    `verdicts of ${releases.join(", ")} beside the bare parsers, nothing remembered, ${rounds} rounds after ${warmUps}`,
  );
  for (const { name, median, p95, ratio, ratioP95 } of results) {
    const cells = [name.padEnd(46), `median ${median.toFixed(1)} ms`, `p95 ${p95.toFixed(1)} ms`];
    console.log([...cells, `${ratio.toFixed(2)} times the bare parser (p95 ${ratioP95.toFixed(2)})`].join("  "));
  }
}
