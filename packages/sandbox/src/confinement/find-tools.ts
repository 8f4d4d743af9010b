import { constants } from "node:fs";
import { access, readlink } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { runProgram } from "../toolchain/program.ts";
import type { ConfinementTools } from "./confined-run.ts";
import { linkOfPlace, runPlaces } from "./launcher.ts";
import { systemCallFilter } from "./system-call-filter.ts";

/** The tools, or why nothing can be confined here and what to do. */
export type FoundTools =
  | { readonly ok: true; readonly tools: ConfinementTools }
  | { readonly ok: false; readonly why: string };

/** Looks for the programs of a kind of confinement along a search path (as in `PATH`). */
export async function findTools(
  searchPath: string,
  kind: ConfinementTools["kind"] = "bubblewrap",
): Promise<FoundTools> {
  const filter = systemCallFilter({ within: kind === "bubblewrap" ? "namespaces" : "launcher" });
  if (!filter) {
    return { ok: false, why: `there is no list of system calls for this machine's architecture, ${process.arch}` };
  }
  const bubblewrap = await findProgram("bwrap", searchPath);
  if (kind === "bubblewrap" && !bubblewrap) {
    return { ok: false, why: "bubblewrap (`bwrap`) is not installed; install the package bubblewrap" };
  }
  const prlimit = await findProgram("prlimit", searchPath);
  if (!prlimit) return { ok: false, why: "`prlimit` is not installed; install the package util-linux" };
  if (kind === "launcher" || !bubblewrap) return findLauncher(searchPath, prlimit, filter);
  return { ok: true, tools: { kind, bubblewrap, prlimit, filter } };
}

/** The launcher has no root of its own for a run: only a machine that is laid out for it, and no privileged user, will do. */
async function findLauncher(searchPath: string, prlimit: string, filter: Buffer): Promise<FoundTools> {
  if (process.getuid?.() === 0) {
    return { ok: false, why: "the validator runs as root; run it as an ordinary user, as its container does" };
  }
  for (const place of runPlaces) {
    const link = await readlink(place).catch(() => null);
    if (link !== linkOfPlace(place)) {
      const why = `\`${place}\` is not a link to \`${linkOfPlace(place)}\`; the validator runs in its own container only`;
      return { ok: false, why };
    }
  }
  const setpriv = await findProgram("setpriv", searchPath);
  const help = setpriv === undefined ? "" : (await runProgram(setpriv, ["--help"])).output;
  if (setpriv === undefined || !help.includes("--landlock-rule") || !help.includes("--seccomp-filter")) {
    return { ok: false, why: "there is no `setpriv` that knows Landlock; install util-linux 2.41 or later" };
  }
  return { ok: true, tools: { kind: "launcher", setpriv, prlimit, filter } };
}

/** The absolute path of a program, or undefined where no folder of the search path has it. */
export async function findProgram(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter(isAbsolute)) {
    const path = join(folder, name);
    const runnable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return path;
  }
  return undefined;
}
