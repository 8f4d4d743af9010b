/**
 * How much a verdict costs beside the bare parser with the same flags and tree, each time compiled anew, taken turn by
 * turn so that both meet the same machine. Run: node packages/sandbox/bench/verdict.ts [ROUNDS]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, toolchainFolder } from "../src/index.ts";
import { parserOptions } from "../src/verdict/judge.ts";
import { featuresInRoot } from "../src/toolchain/obtain.ts";

const target = "debian-12";
const rounds = Number(process.argv[2] ?? 50);
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
  for (const [name, share] of [
    ["median", 0.5],
    ["p95", 0.95],
  ] as const) {
    const [one, other] = [quantile(bare, share), quantile(verdicts, share)];
    const figures = `bare parser ${one.toFixed(1)} ms, verdict ${other.toFixed(1)} ms, ratio ${(other / one).toFixed(2)}`;
    console.log(`${String(rules).padStart(4)} rules, ${name.padEnd(6)} of ${rounds}: ${figures}`);
  }
}
await sandbox.close();
