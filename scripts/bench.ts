/**
 * The benchmarks one after the other, each beside its baseline of the same run, as one table. Run by
 * `npm run bench` (which builds the web application first); each prints more when run by itself.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const benchmarks = [
  { title: "Parse a profile of 1,000 lines, warm (target 4 ms)", file: "packages/core/bench/parse.ts" },
  {
    title: "A keystroke in the designer (target of change to commit: p95 under 16 ms)",
    file: "e2e/bench/keystrokes.ts",
  },
  { title: "5,000 rules beside an empty profile (target: p95 under 16 ms)", file: "e2e/bench/large-profile.ts" },
  { title: "First load, cold cache (target: 1.5 times bare Monaco)", file: "e2e/bench/first-load.ts" },
  {
    title: "Verdicts, nothing remembered (target of three targets: 1.5 times the slowest bare parser)",
    file: "packages/sandbox/bench/verdict.ts",
  },
  { title: "An honest client beside 200 hostile validations (target: p95 under 1 s)", file: "apps/api/bench/load.ts" },
  {
    title: "The standing of 300 rules on three targets (target: 5 times one verdict of them)",
    file: "packages/sandbox/bench/standing.ts",
  },
];

interface Row {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly ratio: number;
  readonly ratioP95: number;
}

function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || !("name" in value)) return false;
  return (["median", "p95", "ratio", "ratioP95"] as const).every((key) => typeof Reflect.get(value, key) === "number");
}

/** Runs a benchmark; null where it failed, which it has said on standard error. */
function run(file: string): readonly Row[] | null {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [path, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) return null;
  const answer: unknown = JSON.parse(stdout);
  if (typeof answer !== "object" || answer === null || !("results" in answer)) return null;
  return Array.isArray(answer.results) ? answer.results.filter(isRow) : null;
}

const cells = (name: string, ...rest: string[]): string =>
  name.padEnd(44) + rest.map((word) => word.padStart(13)).join("");
const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

for (const { title, file } of benchmarks) {
  console.log(`\n${title}`);
  const rows = run(file);
  if (rows === null) {
    console.log(`  failed: node ${file}`);
    process.exitCode = 1;
    continue;
  }
  console.log(cells("", "median", "p95", "ratio", "ratio of p95"));
  for (const { name, median, p95, ratio, ratioP95 } of rows) {
    console.log(cells(`  ${name}`, milliseconds(median), milliseconds(p95), ratio.toFixed(2), ratioP95.toFixed(2)));
  }
}
