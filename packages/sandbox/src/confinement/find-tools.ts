import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import type { ConfinementTools } from "./confined-run.ts";
import { systemCallFilter } from "./system-call-filter.ts";

/** The tools, or why nothing can be confined here and what to do. */
export type FoundTools =
  | { readonly ok: true; readonly tools: ConfinementTools }
  | { readonly ok: false; readonly why: string };

/** Looks for the programs of the confinement along a search path (as in `PATH`). */
export async function findTools(searchPath: string): Promise<FoundTools> {
  const filter = systemCallFilter();
  if (!filter) {
    return { ok: false, why: `there is no list of system calls for this machine's architecture, ${process.arch}` };
  }
  const bubblewrap = await findProgram("bwrap", searchPath);
  if (!bubblewrap) return { ok: false, why: "bubblewrap (`bwrap`) is not installed; install the package bubblewrap" };
  const prlimit = await findProgram("prlimit", searchPath);
  if (!prlimit) return { ok: false, why: "`prlimit` is not installed; install the package util-linux" };
  return { ok: true, tools: { bubblewrap, prlimit, filter } };
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
