import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { loadCatalogue, type CatalogueEntry, type LoadedTarget } from "./target/target-data.ts";
import { resolveToolchainTarget } from "./target/toolchain-target.ts";
import { askArchive } from "./toolchain/ask-archive.ts";
import { ToolchainError } from "./toolchain/apt-session.ts";
import { cacheFolder } from "./toolchain/cache-folders.ts";
import { obtainLauncherRoot } from "./toolchain/launcher-root.ts";
import { obtain } from "./toolchain/obtain.ts";
import { obtainServiceRoots } from "./toolchain/service-roots.ts";
import { obtainSamples } from "./toolchain/samples.ts";

const usage = `npm run toolchains [-- ID…] [--with-corpus] [--with-services] [--force] [--check] [--ask]

Unpacks (never installs) each target's parser, policy tree and feature file from Debian packages into the user's
cache, \${XDG_CACHE_HOME:-~/.cache}/hauberk. What is there already is left alone. A target that can't be had is named
with what to do, and the others are seen to.

  ID             only these targets, as debian-12
  --with-corpus  also what the tests need: packaged profiles, sample packages, the root of a container of the launcher
  --with-services
                 also what stands beside the service in containers: PostgreSQL and HAProxy
  --force        make anew what is there, with the parser that the archive has now
  --check        fetch nothing but the archives' indexes, and say which releases have moved on
  --ask          at a terminal, ask before anything is fetched

Exit status: 0 all there, 1 something is missing, 2 called wrongly.`;

const options = {
  "with-corpus": { type: "boolean", default: false },
  "with-services": { type: "boolean", default: false },
  force: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  ask: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

type Say = (line: string) => void;

/** Runs the command; returns its exit code: 0 all there, 1 something is missing, 2 the call is wrong. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const catalogue = await loadCatalogue();
  const unknown = positionals.filter((id) => !catalogue.some((entry) => entry.data.id === id));
  if (unknown.length > 0) {
    const ids = catalogue.map((entry) => entry.data.id).join(", ");
    console.error(`There is no target ${unknown.join(", ")}. There are: ${ids}.`);
    return 2;
  }
  const wanted = catalogue.filter((entry) => positionals.length === 0 || positionals.includes(entry.data.id));
  const toolchains = [...new Set(wanted.map(toolchainOf))];
  if (values.ask && !(await agreed(toolchains))) return 1;
  const missing: string[] = [];
  for (const target of toolchains) {
    const { id } = target.data;
    const say: Say = (line) => console.log(`${id}: ${line}`);
    try {
      if (values.check) await askArchive(target, say);
      else await see(target, { withCorpus: values["with-corpus"], force: values.force, say });
    } catch (error) {
      if (!(error instanceof ToolchainError)) throw error;
      console.error(`${id}: ${error.message}`);
      missing.push(id);
    }
  }
  if (values["with-corpus"] && !values.check) {
    const { force } = values;
    await orReason("no root of a container", () => obtainLauncherRoot({ force, say: sayLauncher }), sayLauncher);
  }
  if (values["with-services"] && !values.check) {
    const { force } = values;
    await orReason("no PostgreSQL or no HAProxy", () => obtainServiceRoots({ force, say: sayServices }), sayServices);
  }
  if (missing.length > 0) console.error(`Not had: ${missing.join(", ")}. All else works without.`);
  return missing.length === 0 ? 0 : 1;
}

function sayLauncher(line: string): void {
  console.log(`launcher: ${line}`);
}

function sayServices(line: string): void {
  console.log(`services: ${line}`);
}

/** The target whose toolchain an entry of the catalogue needs. */
function toolchainOf(entry: CatalogueEntry): LoadedTarget {
  if (entry.form === "release") return entry.own;
  return entry.form === "borrowed" ? entry.root : entry.nearest;
}

async function see(target: LoadedTarget, how: { withCorpus: boolean; force: boolean; say: Say }): Promise<void> {
  await obtain(target, how);
  if (!how.withCorpus) return;
  await orReason("no sample packages", () => obtainSamples(target, { force: how.force, say: how.say }), how.say);
}

/** Without these only some things stay untried; their tests say so too. */
async function orReason(lack: string, get: () => Promise<void>, say: Say): Promise<void> {
  try {
    await get();
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    say(`${lack}: ${error.message}`);
  }
}

/** A yes to fetching what is missing; where nothing is, or nobody can be asked, that counts as one. */
async function agreed(targets: readonly LoadedTarget[]): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const standing = await Promise.all(targets.map((target) => resolveToolchainTarget(target, cacheFolder())));
  const missing = standing.filter(({ usable }) => !usable);
  if (missing.length === 0) return true;
  console.log("Releases whose parser and policy tree are not here yet:");
  for (const { target } of missing) console.log(`  ${target.id.padEnd(16)} ${target.label}`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`Unpack them into ${cacheFolder()} now (some 30 MB to fetch each)? [Y/n] `);
  prompt.close();
  return /^(y(es)?)?$/i.test(answer.trim());
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(isUsage ? `${error.message}\n\n${usage}` : error);
  process.exitCode = isUsage ? 2 : 1;
}
