// Runs on any Node from 20.19 with nothing installed: no imports but Node's own.
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline/promises";

/**
 * @typedef {{ package: string, program: string, why: string }} Need
 * A program that must be on the machine, and the Debian package that brings it.
 */

/** @type {readonly Need[]} What `npm start` needs. */
export const needsOfStart = [
  { package: "bubblewrap", program: "bwrap", why: "the sandbox around the real apparmor_parser" },
  { package: "util-linux", program: "prlimit", why: "limits of CPU time and memory in the sandbox" },
  { package: "apparmor", program: "apparmor_parser", why: "the target `host`: this machine's own parser" },
  { package: "dpkg", program: "dpkg-deb", why: "unpacks the parser of each release" },
  { package: "ca-certificates", program: "update-ca-certificates", why: "certificates of the package mirrors" },
];

/** @type {readonly Need[]} What `npm test` needs beside it. */
export const needsOfTest = [
  ...needsOfStart,
  { package: "chromium", program: "chromium", why: "the browser of the tests" },
  { package: "git", program: "git", why: "the tests compare files by it" },
  { package: "unzip", program: "unzip", why: "the tests unpack a downloaded bundle" },
  { package: "nftables", program: "nft", why: "the tests send packets past the companions' tables" },
  { package: "iproute2", program: "ip", why: "the network namespaces of these tests" },
  { package: "postgresql", program: "pg_createcluster", why: "the tests keep designs in one of their own as well" },
  { package: "procps", program: "pgrep", why: "the tests look for processes left behind" },
];

/** @param {string} program @returns {boolean} whether it is on the PATH or in the system's folders of programs */
function onMachine(program) {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/bin", "/bin"];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @returns {boolean} whether the running kernel enforces AppArmor, so that installing its package would load policy */
function kernelHasAppArmor() {
  try {
    return readFileSync("/sys/module/apparmor/parameters/enabled", "utf8").trim() === "Y";
  } catch {
    return false;
  }
}

/** @param {readonly string[]} options @returns {Promise<boolean>} a yes by option, by CI, or at the prompt */
async function agreed(options) {
  if (options.includes("--yes") || process.env["CI"]) return true;
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question("Install them now? [y/N] ");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** @param {readonly string[]} args @returns {boolean} */
function aptGet(args) {
  const root = process.getuid?.() === 0;
  const command = root ? "apt-get" : "sudo";
  const run = spawnSync(command, root ? args : ["apt-get", ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return run.status === 0;
}

/**
 * Sees to the programs that are missing: says which and why, installs them after a yes on a machine with apt-get,
 * and else ends the process with the list. Never installs `apparmor` where the kernel would load its policy.
 * @param {readonly Need[]} needs
 * @param {readonly string[]} options the command line
 */
export async function ensureDebianPackages(needs, options) {
  const missing = needs.filter(({ program }) => !onMachine(program));
  const loading = missing.some((need) => need.package === "apparmor") && kernelHasAppArmor();
  const wanted = missing.filter((need) => !(loading && need.package === "apparmor"));
  if (loading) {
    console.log("`apparmor` is not installed, and this kernel enforces AppArmor: installing it would load policy.");
    console.log("It is left to you (apt-get install apparmor); until then the target `host` is not usable.");
  }
  if (wanted.length === 0) return;
  console.log("Programs that Hauberk needs and this machine lacks:");
  for (const need of wanted) console.log(`  ${need.package.padEnd(16)} ${need.program.padEnd(24)} ${need.why}`);
  const names = wanted.map((need) => need.package);
  const command = `apt-get install --no-install-recommends ${names.join(" ")}`;
  if (!onMachine("apt-get")) {
    console.error("This is no Debian (no apt-get): please install them by your system's own means, then start again.");
    process.exit(2);
  }
  if (!(await agreed(options))) {
    console.error(`Nothing was installed. Install them yourself (as root: ${command}), or start again with -- --yes`);
    process.exit(2);
  }
  console.log(`${command} …`);
  const ok =
    aptGet(["-qq", "update"]) &&
    aptGet(["-qq", "-y", "-o", "Dpkg::Use-Pty=0", "install", "--no-install-recommends", ...names]);
  const still = wanted.filter(({ program }) => !onMachine(program));
  if (!ok || still.length > 0) {
    console.error(
      `apt-get did not bring: ${still.map((need) => need.package).join(", ") || "all of them"}. Its words stand above.`,
    );
    process.exit(2);
  }
}
