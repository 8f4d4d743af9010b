import {
  runConfined,
  type ConfinedResult,
  type ConfinedRun,
  type ConfinementTools,
} from "../confinement/confined-run.ts";
import type { Pace } from "../confinement/pace.ts";
import { makeJobFolder, removeJobFolder } from "./job-folders.ts";
import { writeJobTree, type JobTree } from "./job-tree.ts";
import type { WarmJobs } from "./warm-jobs.ts";

/** A run of a target's parser on a job tree. */
export interface Job {
  /** The target's key: nothing of one target serves another. */
  readonly target: string;
  readonly tree: JobTree;
  /** The run on the tree in a folder of this machine. */
  readonly runIn: (folder: string) => ConfinedRun;
}

/** What a run heeds beside its limits. */
export interface RunCall {
  readonly signal?: AbortSignal;
  readonly pace?: Pace;
  /** Where a sandbox may wait for just this run. */
  readonly warm?: WarmJobs;
}

/** Runs a job: in the sandbox that waits for it where there is one, else in one of its own. */
export async function runJob(
  tools: ConfinementTools,
  job: Job,
  { signal, pace, warm }: RunCall = {},
): Promise<ConfinedResult> {
  const result = (await warm?.run(job, signal, pace)) ?? (await runFresh(tools, job, signal, pace));
  // What was given up or went to a limit is not made ready for.
  if (result.kind === "ended") warm?.want(tools, job);
  return result;
}

async function runFresh(
  tools: ConfinementTools,
  job: Job,
  signal: AbortSignal | undefined,
  pace: Pace | undefined,
): Promise<ConfinedResult> {
  const folder = await makeJobFolder();
  try {
    await writeJobTree(job.tree, folder);
    return await runConfined(tools, job.runIn(folder), signal, pace);
  } finally {
    await removeJobFolder(folder);
  }
}
