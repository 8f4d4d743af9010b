/**
 * How much verdicts cost beside the bare parsers with the same flags and trees, each time compiled anew, taken turn by
 * turn so that both meet the same machine: one target alone, and three at once beside the slowest of them alone and
 * beside all three started together. Each verdict comes after a pause, as while somebody types, and once more right
 * after it, when no sandbox was made ahead. Run by
 * `node packages/sandbox/bench/verdict.ts [ROUNDS] [--json]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createSandbox, toolchainFolder } from "../src/index.ts";
import { parserOptions } from "../src/verdict/judge.ts";
import { featuresInRoot } from "../src/toolchain/obtain.ts";

const json = process.argv.includes("--json");
const rounds = Number(process.argv.slice(2).find((word) => word !== "--json") ?? 50);
const warmUps = 3;
/** What lies between two measured runs, in milliseconds: the machine is at rest again, as between two words that one types. */
const pause = 150;

/** A profile as people write them: 30 lines, or a thousand; `unique` so that nothing is remembered. */
function profileText(rules: number, unique: string): string {
  const lines = Array.from({ length: rules }, (_, index) => `  /opt/${unique}/part${index}/{bin,lib}/* r,`);
  const head = ["abi <abi/3.0>,", "include <tunables/global>", "profile bench /usr/bin/bench {"];
  const common = ["  include <abstractions/base>", "  capability net_raw,", "  network inet stream,"];
  return [...head, ...common, ...lines, "  include if exists <local/bench>", "}", ""].join("\n");
}

/** The parser as a person would run it here: the same flags, tree, features and configuration, nothing around it. */
async function bareRun(target: string, file: string): Promise<void> {
  const root = join(toolchainFolder(target), "root");
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
  const child = spawn(command, [...before, ...own, ...options, "--", file], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.resume();
  const [messages, [code]] = await Promise.all([child.stderr.toArray(), once(child, "close")]);
  if (code !== 0) throw new Error(`the bare parser failed: ${Buffer.concat(messages).toString()}`);
}

/** The time of the slowest of the targets' bare parsers run one at a time, and that until the last one started together is done. */
async function bareMilliseconds(
  targets: readonly string[],
  text: string,
): Promise<{ alone: number; together: number }> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-bench-"));
  const file = join(folder, "bench");
  writeFileSync(file, text);
  let alone = 0;
  for (const target of targets) alone = Math.max(alone, await timeOf(() => bareRun(target, file)));
  await wait(pause);
  const together = await timeOf(() => Promise.all(targets.map((target) => bareRun(target, file))));
  rmSync(folder, { recursive: true });
  return { alone, together };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const sandbox = createSandbox();

async function askVerdicts(targets: string[], text: string): Promise<void> {
  const files = [{ path: "apparmor.d/bench", text }];
  for await (const { verdict } of sandbox.validate({ name: "bench", files, targets, effort: "full" })) {
    if (verdict.verdict !== "accepted") throw new Error(verdict.summary);
  }
}

function quantiles(values: readonly number[]): { median: number; p95: number } {
  return { median: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The releases that can be asked here, of those with a toolchain of their own. */
const releases = (await sandbox.listTargets())
  .filter(({ id, usable }) => usable && ["debian-12", "debian-13", "debian-sid"].includes(id))
  .map(({ id }) => id);

interface Row {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  /** To the slowest bare parser run alone. */
  readonly ratio: number;
  readonly ratioP95: number;
  /** To the bare parsers started together. */
  readonly ratioTogether: number;
  readonly ratioTogetherP95: number;
}

const results: Row[] = [];
for (const targets of [releases.slice(0, 1), releases]) {
  for (const rules of [20, 1000]) {
    const times = {
      alone: Array<number>(),
      together: Array<number>(),
      typing: Array<number>(),
      atOnce: Array<number>(),
    };
    for (let round = -warmUps; round < rounds; round++) {
      const text = profileText(rules, `targets${targets.length}round${round}`);
      await wait(pause);
      const { alone, together } = await bareMilliseconds(targets, text);
      await wait(pause);
      const typing = await timeOf(() => askVerdicts(targets, text));
      const atOnce = await timeOf(() =>
        askVerdicts(targets, profileText(rules, `again${targets.length}round${round}`)),
      );
      if (round < 0) continue;
      times.alone.push(alone);
      times.together.push(together);
      times.typing.push(typing);
      times.atOnce.push(atOnce);
    }
    const alone = quantiles(times.alone);
    const together = quantiles(times.together);
    const [bare, verdict] =
      targets.length === 1
        ? ["bare parser", "verdict"]
        : [`${targets.length} bare parsers`, `verdicts of ${targets.length} targets`];
    const named: [string, readonly number[]][] = [
      [targets.length === 1 ? `${bare} alone` : `slowest of ${bare}, each alone`, times.alone],
      ...(targets.length === 1 ? [] : [[`${bare} started together`, times.together] satisfies [string, number[]]]),
      [`${verdict} after a pause`, times.typing],
      [`${verdict} right after others`, times.atOnce],
    ];
    for (const [name, values] of named) {
      const { median, p95 } = quantiles(values);
      results.push({
        name: `${name}, ${rules} rules`,
        median,
        p95,
        ratio: median / alone.median,
        ratioP95: p95 / alone.p95,
        ratioTogether: median / together.median,
        ratioTogetherP95: p95 / together.p95,
      });
    }
  }
}
await sandbox.close();

if (json) {
  console.log(JSON.stringify({ format: 1, rounds, results }, null, 2));
} else {
  console.log(
    `verdicts of ${releases.join(", ")} beside the bare parsers, nothing remembered, ${rounds} rounds after ${warmUps}, ` +
      `${pause} ms between runs but those "right after others"; times the slowest bare parser alone, and times the bare ` +
      `parsers started together (p95 by p95)`,
  );
  for (const { name, median, p95, ratio, ratioP95, ratioTogether, ratioTogetherP95 } of results) {
    const cells = [name.padEnd(50), `median ${median.toFixed(1)} ms`, `p95 ${p95.toFixed(1)} ms`];
    const ratios = [`alone ${ratio.toFixed(2)} (${ratioP95.toFixed(2)})`];
    ratios.push(`together ${ratioTogether.toFixed(2)} (${ratioTogetherP95.toFixed(2)})`);
    console.log([...cells, ...ratios].join("  "));
  }
}
