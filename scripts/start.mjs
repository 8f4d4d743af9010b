// npm start: sees to what is missing, builds the web, serves the designer. Launched by any Node from 20.19.
import { existsSync, statSync, readdirSync } from "node:fs";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDebianPackages, needsOfStart } from "./set-up/debian-packages.mjs";
import {
  ensureNodeModules,
  environmentWithRuntime,
  requireLauncherNode,
  runHere,
  runtimePath,
} from "./set-up/node-modules.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const options = process.argv.slice(2);

if (options.includes("--help")) {
  console.log("npm start [-- --yes]   install what is missing, build, and serve the designer");
  console.log("  --yes    answer every question with yes");
  console.log("  PORT, HOST   where to listen (default: a free port from 8137 on, 127.0.0.1)");
  process.exit(0);
}

/** @param {string} folder @returns {number} the time of the newest file below it */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.parentPath.includes("node_modules")) continue;
    time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}

/** @returns {boolean} whether the built web is older than what it is built from */
function webIsStale() {
  const built = join(root, "apps/web/dist/index.html");
  if (!existsSync(built)) return true;
  const sources = ["apps/web/src", "apps/web/public", "packages/core/src", "packages/contract/src"].filter((folder) =>
    existsSync(join(root, folder)),
  );
  return sources.some((folder) => newest(join(root, folder)) > statSync(built).mtimeMs);
}

requireLauncherNode();
ensureNodeModules(root);
await ensureDebianPackages(needsOfStart, options);
// A target that cannot be had now, or to which the answer is no, is named; the designer works on without it.
const asked = options.includes("--yes") || process.env["CI"] ? [] : ["--ask"];
if (runHere(root, runtimePath(root), ["packages/sandbox/src/toolchains-main.ts", ...asked]) !== 0) {
  console.error(
    "Some toolchains are missing: the designer says so at each target, and `npm run toolchains` gets them.",
  );
}
if (webIsStale()) {
  console.log("Building the designer …");
  const status = runHere(root, "vite", ["build", "apps/web", "--logLevel", "warn"]);
  if (status !== 0) process.exit(status);
}
const server = spawn(runtimePath(root), ["apps/api/src/main.ts"], {
  cwd: root,
  stdio: "inherit",
  env: environmentWithRuntime(root),
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
