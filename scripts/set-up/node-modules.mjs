// Runs on any Node from 20.19 with nothing installed: no imports but Node's own.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { delimiter, join } from "node:path";

/** @param {string} root the repository @returns {string} the Node 24 that the registry supplied */
export function runtimePath(root) {
  return join(root, "node_modules", ".bin", "node");
}

/** Ends the process with a clear word where this Node is too old even to launch. */
export function requireLauncherNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Hauberk is launched by Node 20.19 or later; this is ${process.versions.node}.`);
  console.error("On Debian 13: apt-get install nodejs npm");
  process.exit(2);
}

/**
 * npm before 10 loses the link of the one runtime that fits when it leaves out the one that does not.
 * @param {string} root the repository
 */
function linkRuntime(root) {
  const runtime = join("node-linux-" + process.arch, "bin", "node");
  if (existsSync(runtimePath(root)) || !existsSync(join(root, "node_modules", runtime))) return;
  symlinkSync(join("..", runtime), runtimePath(root));
}

/**
 * Installs the npm packages where they are missing or older than the lock file.
 * @param {string} root the repository
 */
export function ensureNodeModules(root) {
  const stamp = join(root, "node_modules", ".hauberk-installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const current = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
  if (current && existsSync(runtimePath(root))) return;
  console.log("Installing the npm packages of the lock file (once, about a minute) …");
  const run = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (run.status !== 0) {
    console.error("npm ci failed; its own words stand above. Is the npm registry reachable?");
    process.exit(2);
  }
  linkRuntime(root);
  if (!existsSync(runtimePath(root))) {
    console.error(`No Node 24 for ${process.platform}-${process.arch} came with the packages.`);
    console.error("Hauberk runs on Linux, x64 or arm64.");
    process.exit(2);
  }
  writeFileSync(stamp, lock);
}

/**
 * The environment in which `node` and the packages' programs are the repository's own.
 * @param {string} root the repository
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWithRuntime(root) {
  return { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}` };
}

/**
 * Runs a program of the repository and waits; the exit status, 128 + n where signal n ended it.
 * @param {string} root the repository
 * @param {string} command a program
 * @param {readonly string[]} args its arguments
 * @returns {number}
 */
export function runHere(root, command, args) {
  const run = spawnSync(command, args, { cwd: root, stdio: "inherit", env: environmentWithRuntime(root) });
  if (run.error) {
    console.error(`${command} could not be started: ${run.error.message}`);
    return 127;
  }
  return run.status ?? 128;
}
