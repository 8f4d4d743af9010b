// npm test: sees to what is missing, then runs every check and test. Launched by any Node from 20.19.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDebianPackages, needsOfTest } from "./set-up/debian-packages.mjs";
import { ensureNodeModules, requireLauncherNode, runHere, runtimePath } from "./set-up/node-modules.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "test-results");
const options = process.argv.slice(2);

/** @typedef {{ passed: number, failed: number, skipped: number, goesOn?: boolean }} Count `goesOn`: failed, and all the same no failure */

/** @type {{ name: string, seconds: number, count: Count }[]} */
const lines = [];

/**
 * The numbers under these keys in what a runner wrote.
 * @param {string} file
 * @param {string | null} part the key that holds them, null for the top
 * @param {readonly string[]} keys
 * @returns {number[] | undefined} undefined where the runner died before it wrote, or wrote something else
 */
function reported(file, part, keys) {
  if (!existsSync(file)) return undefined;
  const whole = JSON.parse(readFileSync(file, "utf8"));
  const holder = part === null ? whole : whole[part];
  const numbers = keys.map((key) => Number(holder?.[key] ?? Number.NaN));
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

/** @param {number} status @returns {Count} a check that is one test: it passes or fails */
function asOne(status) {
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/**
 * A release whose archive is out of reach is named, and its tests are left out; without the first target nothing can be
 * tested.
 * @param {number} status @returns {Count}
 */
function toolchainsCount(status) {
  const first = existsSync(join(cache, "hauberk/toolchains/debian-12/stamp.json"));
  return status === 1 && first ? { passed: 0, failed: 0, skipped: 1, goesOn: true } : asOne(status);
}

/** @param {number} status @returns {Count} a registry that gives no answer is no failure */
function auditCount(status) {
  return status === 3 ? { passed: 0, failed: 0, skipped: 1, goesOn: true } : asOne(status);
}

/**
 * Runs one step, says so, and keeps what it counted.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {(status: number) => Count} count
 */
function step(name, command, args, count) {
  console.log(`\n── ${name}`);
  const begun = Date.now();
  const status = runHere(root, command, args);
  const counted = count(status);
  // A runner that failed without a failed test (it crashed, or found no tests) is a failure all the same.
  if (status !== 0 && counted.failed === 0 && !counted.goesOn) counted.failed = 1;
  lines.push({ name, seconds: (Date.now() - begun) / 1000, count: counted });
  return status === 0;
}

/** @param {number} status @returns {Count} */
function vitestCount(status) {
  const keys = ["numPassedTests", "numFailedTests", "numPendingTests", "numTodoTests"];
  const numbers = reported(join(results, "vitest.json"), null, keys);
  if (!numbers) return asOne(status === 0 ? 1 : status);
  const [passed = 0, failed = 0, pending = 0, todo = 0] = numbers;
  return { passed, failed, skipped: pending + todo };
}

/** @param {number} status @returns {Count} */
function playwrightCount(status) {
  const keys = ["expected", "unexpected", "flaky", "skipped"];
  const numbers = reported(join(results, "playwright.json"), "stats", keys);
  if (!numbers) return asOne(status === 0 ? 1 : status);
  const [passed = 0, unexpected = 0, flaky = 0, skipped = 0] = numbers;
  return { passed, failed: unexpected + flaky, skipped };
}

requireLauncherNode();
ensureNodeModules(root);
await ensureDebianPackages(needsOfTest, options);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// The packaged profiles lie where the step below puts them, also where the user's cache is another folder.
const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
process.env["HAUBERK_CORPUS"] ??= join(cache, "hauberk/corpus/debian-12");

const node = runtimePath(root);
step("toolchains", node, ["packages/sandbox/src/toolchains-main.ts", "--with-corpus"], toolchainsCount);
step("format", "npm", ["run", "--silent", "format:check"], asOne);
step("lint and borders", "npm", ["run", "--silent", "lint"], asOne);
step("types", "npm", ["run", "--silent", "typecheck"], asOne);
step("dependency audit", node, ["scripts/audit.mjs"], auditCount);
step(
  "unit, property and differential tests",
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${join(results, "vitest.json")}`],
  vitestCount,
);
if (step("build of the web", "npm", ["run", "--silent", "build"], asOne)) {
  process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = join(results, "playwright.json");
  step(
    "browser journeys",
    "playwright",
    ["test", "--config", "e2e/playwright.config.ts", "--reporter=line,json"],
    playwrightCount,
  );
}

const total = { passed: 0, failed: 0, skipped: 0 };
console.log("");
for (const { name, seconds, count } of lines) {
  console.log(
    `${name.padEnd(40)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped (${seconds.toFixed(0)} s)`,
  );
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
const summary = `${total.passed} passed, ${total.failed} failed${skipped}`;
writeFileSync(join(results, "summary.txt"), `${summary}\n`);
console.log(`\n${summary}`);
process.exit(total.failed === 0 ? 0 : 1);
