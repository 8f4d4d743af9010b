// npm run audit: asks the registry for known holes in the packages of the lock file. Launched by any Node from 20.19.
// Ends with 1 where what runs has a high or critical one, with 3 where the registry gives no answer: that is no verdict.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const call = ["audit", "--json", "--fetch-retries=0", "--fetch-timeout=20000"];

/** @typedef {{ counts: Readonly<Record<string, number>> } | { why: string }} Answer how many holes of each severity, or why nobody knows */

/** @param {readonly string[]} options @returns {Answer} */
function ask(options) {
  const run = spawnSync("npm", [...call, ...options], { cwd: root, encoding: "utf8", timeout: 60_000 });
  try {
    const { message, metadata } = JSON.parse(run.stdout);
    return metadata === undefined ? { why: String(message) } : { counts: metadata.vulnerabilities };
  } catch {
    return { why: run.error?.message ?? "npm gave no answer that can be read" };
  }
}

/** @param {string} what @param {Readonly<Record<string, number>>} counts */
function say(what, counts) {
  const found = ["critical", "high", "moderate", "low"].map((severity) => `${counts[severity] ?? 0} ${severity}`);
  console.log(`${what}: ${found.join(", ")}`);
}

const running = ask(["--omit=dev"]);
if ("why" in running) {
  console.log(`dependency audit: not run (${running.why})`);
  process.exit(3);
}
say("packages that run", running.counts);
const all = ask([]);
if ("counts" in all) say("with those that build and test", all.counts);
const grave = (running.counts["critical"] ?? 0) + (running.counts["high"] ?? 0);
if (grave > 0) console.log("`npm audit --omit=dev` names them.");
process.exit(grave > 0 ? 1 : 0);
