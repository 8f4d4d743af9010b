import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfinedResult, ConfinedRun, ConfinementTools } from "../confinement/confined-run.ts";
import { runLimits } from "../confinement/limits.ts";
import { makeJobFolder, removeJobFolder } from "../job/job-folders.ts";
import { jobMount, mergeIntoTree } from "../job/job-tree.ts";
import { runJob } from "../job/run-job.ts";
import type { UsableTarget } from "../target/usable-target.ts";
import { parserRun } from "./judge.ts";

/** Would be named in a message of the parser that reads it. */
const secret = "hauberk_must_not_be_read";

/**
 * Why a target's parser can't be run in isolation, or null where it can: it is seen to compile a small profile, to find
 * no file of ours that lies outside its tree, and to be killed for a new process. What can't be proven counts as a problem.
 */
export async function isolationProblem(tools: ConfinementTools, target: UsableTarget): Promise<string | null> {
  const outside = await makeJobFolder();
  try {
    const file = join(outside, "outside");
    await writeFile(file, `${secret}\n`);
    const [ordinary, reading, forking] = await Promise.all([
      compile(tools, target, { ordinary: "profile ordinary { }\n" }),
      compile(tools, target, { reading: `profile reading {\n  include "${file}"\n}\n` }),
      // Two files and two jobs: the parser starts a process for each.
      compile(tools, target, { one: "profile one { }\n", two: "profile two { }\n" }, ["-j2"]),
    ]);
    if (ordinary.kind === "notStarted") return `${nameOf(tools)} can't start here: ${ordinary.why}`;
    if (ordinary.kind === "stopped")
      return "the trial of the target's parser took too long: the machine may have too much to do";
    if (ordinary.kind !== "ended" || ordinary.code !== 0) return "the target's parser does not run in the sandbox";
    if (reading.kind !== "ended" || reading.code === 0 || reading.messages.includes(secret)) {
      return "the sandbox does not hold here: a file outside of it could be read";
    }
    if (forking.kind !== "ended" || forking.signal !== forbiddenCall) {
      return "the sandbox does not hold here: a new process could be started";
    }
    return null;
  } finally {
    await removeJobFolder(outside);
  }
}

/** SIGSYS. */
const forbiddenCall = 31;

function nameOf(tools: ConfinementTools): string {
  return tools.kind === "bubblewrap" ? "bubblewrap" : "the launcher";
}

async function compile(
  tools: ConfinementTools,
  target: UsableTarget,
  texts: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<ConfinedResult> {
  const files = Object.entries(texts).map(([path, text]) => ({ path: `apparmor.d/hauberk.${path}`, text }));
  const merged = mergeIntoTree(target.policy, files);
  if (!merged.ok) return { kind: "notStarted", why: "the target's tree has files of the proof's names" };
  const paths = files.map(({ path }) => path.replace("apparmor.d", jobMount));
  const runIn = (folder: string): ConfinedRun => {
    const run = parserRun(target, folder, paths);
    const [program, ...args] = run.argv;
    const end = args.indexOf("--");
    const argv = [program, ...args.slice(0, end), ...options, ...args.slice(end)] as const;
    return { ...run, argv: [...argv], limits: runLimits.full };
  };
  return runJob(tools, { target: target.key, tree: merged.tree, runIn });
}
