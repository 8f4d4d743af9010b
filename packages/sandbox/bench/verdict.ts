/**
 * How much a verdict costs beside the bare parser with the same flags and tree, each time compiled anew, taken turn by
 * turn so that both meet the same machine. Run by `node packages/sandbox/bench/verdict.ts
 * [ROUNDS] [--json]`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, toolchainFolder } from "../src/index.ts";
import { parserOptions } from "../src/verdict/judge.ts";
import { featuresInRoot } from "../src/toolchain/obtain.ts";

const target = "debian-12";
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
function bareMilliseconds(text: string): number {
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
  const begun = performance.now();
  const { status, stderr } = spawnSync(join(root, "usr/sbin/apparmor_parser"), [...own, ...options, "--", file], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const taken = performance.now() - begun;
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`the bare parser failed: ${stderr.toString()}`);
  return taken;
}

const sandbox = createSandbox();

async function verdictMilliseconds(text: string): Promise<number> {
  const files = [{ path: "apparmor.d/bench", text }];
  const begun = performance.now();
  for await (const { verdict } of sandbox.validate({ name: "bench", files, targets: [target], effort: "full" })) {
    if (verdict.verdict !== "accepted") throw new Error(verdict.summary);
  }
  return performance.now() - begun;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const results: { name: string; median: number; p95: number; ratio: number; ratioP95: number }[] = [];
for (const rules of [20, 1000]) {
  const bare: number[] = [];
  const verdicts: number[] = [];
  for (let round = -warmUps; round < rounds; round++) {
    const text = profileText(rules, `round${round}`);
    const pair = [bareMilliseconds(text), await verdictMilliseconds(text)] as const;
    if (round < 0) continue;
    bare.push(pair[0]);
    verdicts.push(pair[1]);
  }
  const [bareMedian, bareP95] = [quantile(bare, 0.5), quantile(bare, 0.95)];
  for (const [name, values] of [
    [`bare parser, ${rules} rules (baseline)`, bare],
    [`verdict, ${rules} rules`, verdicts],
  ] as const) {
    const [median, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
    results.push({ name, median, p95, ratio: median / bareMedian, ratioP95: p95 / bareP95 });
  }
}
await sandbox.close();

if (json) {
  console.log(JSON.stringify({ format: 1, rounds, results }, null, 2));
} else {
  console.log(`a verdict of ${target} beside the bare parser, nothing remembered, ${rounds} rounds after ${warmUps}`);
  for (const { name, median, p95, ratio, ratioP95 } of results) {
    const cells = [name.padEnd(36), `median ${median.toFixed(1)} ms`, `p95 ${p95.toFixed(1)} ms`];
    console.log([...cells, `${ratio.toFixed(2)} times the bare parser (p95 ${ratioP95.toFixed(2)})`].join("  "));
  }
}
