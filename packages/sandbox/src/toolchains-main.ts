import { parseArgs } from "node:util";
import { loadTargets } from "./target/target-data.ts";
import { ToolchainError } from "./toolchain/apt-session.ts";
import { obtainLauncherRoot } from "./toolchain/launcher-root.ts";
import { obtain } from "./toolchain/obtain.ts";
import { obtainSamples } from "./toolchain/samples.ts";

const usage = `npm run toolchains [-- ID…] [--with-corpus] [--force]

Unpacks (never installs) each target's parser, policy tree and feature file from Debian packages into the user's
cache, \${XDG_CACHE_HOME:-~/.cache}/hauberk. What is there already is left alone.

  ID             only these targets, as debian-12
  --with-corpus  also what the tests need: packaged profiles, sample packages, the root of a container of the launcher
  --force        make anew what is there`;

/** Runs the command; returns its exit code: 0 all there, 1 something is missing, 2 the call is wrong. */
async function main(): Promise<number> {
  const options = {
    "with-corpus": { type: "boolean", default: false },
    force: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const known = await loadTargets();
  const unknown = positionals.filter((id) => !known.some((target) => target.data.id === id));
  if (unknown.length > 0) {
    const ids = known.map((target) => target.data.id).join(", ");
    console.error(`There is no toolchain for ${unknown.join(", ")}. There are: ${ids}.`);
    return 2;
  }
  const wanted = known.filter((target) => positionals.length === 0 || positionals.includes(target.data.id));
  let code = 0;
  for (const target of wanted) {
    const { id } = target.data;
    try {
      const say = (line: string): void => console.log(`${id}: ${line}`);
      await obtain(target, { withCorpus: values["with-corpus"], force: values.force, say });
      if (values["with-corpus"])
        await orReason("no sample packages", () => obtainSamples(target, { force: values.force, say }), say);
    } catch (error) {
      if (!(error instanceof ToolchainError)) throw error;
      console.error(`${id}: ${error.message}`);
      code = 1;
    }
  }
  if (values["with-corpus"]) {
    await orReason(
      "no root of a container",
      () => obtainLauncherRoot({ force: values.force, say: sayLauncher }),
      sayLauncher,
    );
  }
  return code;
}

function sayLauncher(line: string): void {
  console.log(`launcher: ${line}`);
}

/** Without these only some things stay untried; their tests say so too. */
async function orReason(lack: string, get: () => Promise<void>, say: (line: string) => void): Promise<void> {
  try {
    await get();
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    say(`${lack}: ${error.message}`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(isUsage ? `${error.message}\n\n${usage}` : error);
  process.exitCode = isUsage ? 2 : 1;
}
