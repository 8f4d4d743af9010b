// npm test: sees to what is missing, then runs every check and test. Launched by any Node from 20.19.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDebianPackages, needsOfTest } from "./set-up/debian-packages.mjs";
import { ensureNodeModules, requireLauncherNode, runHere, runtimePath } from "./set-up/node-modules.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "test-results");
const options = process.argv.slice(2);

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {{ name: string, seconds: number, count: Count }[]} */
const lines = [];

/** @param {string} file @returns {unknown} what a runner wrote, undefined where it died before */
function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** @param {number} status @returns {Count} a check that is one test: it passes or fails */
function asOne(status) {
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
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
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  lines.push({ name, seconds: (Date.now() - begun) / 1000, count: counted });
  return status === 0;
}

/** @param {number} status @returns {Count} */
function vitestCount(status) {
  const found = /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number } | undefined} */ (
    report(join(results, "vitest.json"))
  );
  if (!found) return asOne(status === 0 ? 1 : status);
  return { passed: found.numPassedTests, failed: found.numFailedTests, skipped: found.numPendingTests };
}

/** @param {number} status @returns {Count} */
function playwrightCount(status) {
  const found =
    /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | undefined} */ (
      report(join(results, "playwright.json"))
    );
  if (!found) return asOne(status === 0 ? 1 : status);
  const { expected, unexpected, flaky, skipped } = found.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

requireLauncherNode();
ensureNodeModules(root);
await ensureDebianPackages(needsOfTest, options);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const node = runtimePath(root);
step("toolchains", node, ["packages/sandbox/src/toolchains-main.ts", "--with-corpus"], asOne);
step("format", "npm", ["run", "--silent", "format:check"], asOne);
step("lint and borders", "npm", ["run", "--silent", "lint"], asOne);
step("types", "npm", ["run", "--silent", "typecheck"], asOne);
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
