import { prepareBubblewrap, type BubblewrapTools } from "./bubblewrap.ts";
import type { CollectedOutput } from "./collected-output.ts";
import { prepareLauncher, type LauncherTools } from "./launcher.ts";
import type { RunLimits } from "./limits.ts";
import type { Pace } from "./pace.ts";
import { StartedRun } from "./started-run.ts";

/** A folder or file of the machine that the run sees, read-only, at a place of its own tree. */
export interface ReadOnlyMount {
  readonly from: string;
  readonly at: string;
}

/** What makes the confinement here. Both kinds take the same runs and limits, and give the same results. */
export type ConfinementTools = BubblewrapTools | LauncherTools;

/** What is run: the first mount is the root; the arguments begin with the program's absolute path in that tree. */
export interface ConfinedRun {
  readonly mounts: readonly ReadOnlyMount[];
  readonly argv: readonly [string, ...string[]];
  readonly limits: RunLimits;
}

/** What came of a run. `output` is standard output, `messages` standard error. */
export type ConfinedResult =
  | {
      readonly kind: "ended";
      /** As the program gave it; null where a signal ended it. */
      readonly code: number | null;
      /** The number of the signal that ended the program, else null. */
      readonly signal: number | null;
      readonly output: Buffer;
      readonly messages: Buffer;
      readonly messagesCut: boolean;
    }
  /** Ended by us: it ran for so long, said too much, is no longer wanted, or its pace says so. */
  | {
      readonly kind: "stopped";
      readonly by: StoppedBy;
      readonly messages: Buffer;
      /** The limit that it reached, where that is one of time. */
      readonly milliseconds?: number;
      /** What it had written by then, for who can use a part. */
      readonly output?: Buffer;
    }
  /** The confinement could not be made; the program never ran. */
  | { readonly kind: "notStarted"; readonly why: string };

/** Why we ended a run. */
export type StoppedBy = "wall" | "output" | "abort" | "pace";

/** A run as a kind of confinement starts it. */
export interface PreparedRun {
  /** The command of this machine, its program by absolute path. */
  readonly argv: readonly [string, ...string[]];
  /** The folder that it starts in. */
  readonly folder: string;
  /**
   * Whether it has more pipes: 3, into which `input` is written, 4, which is read as the status, and with a `gate` 5: the
   * program begins once something is written there, or nobody can write there any more.
   */
  readonly pipes?: { readonly input: Buffer; readonly gate: boolean };
  /** What its end means. */
  readonly read: (outcome: Outcome) => ConfinedResult;
  /** Removes what was made for it. */
  readonly tidy: () => Promise<void>;
}

/** How the started command ended: by a code or a signal, with what it said. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: number | null;
  readonly output: CollectedOutput;
  readonly messages: CollectedOutput;
  readonly status: string;
}

/**
 * Runs a program on untrusted input: no network, no capability, only the named trees to see and none to write, a list of
 * system calls, limits on time, memory and output. Never throws for what the program does; an aborted run's processes
 * are gone when this resolves. `pace`: what becomes of it where it turns out long.
 */
export async function runConfined(
  tools: ConfinementTools,
  run: ConfinedRun,
  signal?: AbortSignal,
  pace?: Pace,
): Promise<ConfinedResult> {
  if (signal?.aborted) return { kind: "stopped", by: "abort", messages: Buffer.alloc(0) };
  const prepared = await prepare(tools, run);
  if ("kind" in prepared) return prepared;
  try {
    return await new StartedRun(prepared, run.limits).finish(signal, pace);
  } finally {
    await prepared.tidy();
  }
}

type NotStarted = Extract<ConfinedResult, { readonly kind: "notStarted" }>;

async function prepare(tools: ConfinementTools, run: ConfinedRun): Promise<PreparedRun | NotStarted> {
  try {
    return tools.kind === "bubblewrap" ? prepareBubblewrap(tools, run) : await prepareLauncher(tools, run);
  } catch (error) {
    return { kind: "notStarted", why: error instanceof Error ? error.message : String(error) };
  }
}
