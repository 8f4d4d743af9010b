/**
 * How long parsing takes: a profile of 1,000 lines, warm, beside a scan of the same text in the same run that only splits
 * lines and tries one regular expression on each. Run by `node packages/core/bench/parse.ts [--json]`.
 */
import { viewTree } from "../src/design/index.ts";
import { parse } from "../src/syntax/index.ts";
import { longProfile } from "./long-profile.ts";

const lineCount = 1000;
const warmUp = 200;
const rounds = 300;

/** The baseline: what no parser can undercut by much. */
function scan(text: string): number {
  let rules = 0;
  for (const line of text.split("\n")) if (/^\s*(?:(?:audit|deny|owner)\s+)*(\S+)\s*([^#]*),/u.test(line)) rules++;
  return rules;
}

function measure(work: () => unknown): { median: number; p95: number } {
  for (let round = 0; round < warmUp; round++) work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(rounds / 2)] ?? 0, p95: times[Math.floor(rounds * 0.95)] ?? 0 };
}

const text = longProfile(lineCount);
const tree = parse(text);
if (tree.errors.length > 0) throw new Error(`the profile of the benchmark is wrong: ${tree.errors[0]?.message}`);

const baseline = measure(() => scan(text));
const results = [
  { name: "line scan (baseline)", ...baseline },
  { name: "parse", ...measure(() => parse(text)) },
  { name: "parse and typed view", ...measure(() => viewTree("example", parse(text))) },
].map((row) => ({ ...row, ratio: row.median / baseline.median, ratioP95: row.p95 / baseline.p95 }));

if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ format: 1, lines: lineCount, results }, null, 2));
} else {
  console.log(`a profile of ${lineCount} lines, ${rounds} rounds after ${warmUp} to warm up; target of parse: 4 ms`);
  for (const { name, median, p95, ratio, ratioP95 } of results) {
    const cells = [name.padEnd(22), `median ${median.toFixed(3)} ms`, `p95 ${p95.toFixed(3)} ms`];
    console.log([...cells, `${ratio.toFixed(1)} times the scan (p95 ${ratioP95.toFixed(1)})`].join("  "));
  }
}
