import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { Readable, Writable } from "node:stream";
import { prepareBubblewrap, type BubblewrapTools } from "./bubblewrap.ts";
import { collectOutput, type CollectedOutput } from "./collected-output.ts";
import { prepareLauncher, type LauncherTools } from "./launcher.ts";
import type { RunLimits } from "./limits.ts";
import { watchPace, type Pace } from "./pace.ts";

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

type StoppedBy = "wall" | "output" | "abort" | "pace";

/** A run as a kind of confinement starts it. */
export interface PreparedRun {
  /** The command of this machine, its program by absolute path. */
  readonly argv: readonly [string, ...string[]];
  /** The folder that it starts in. */
  readonly folder: string;
  /** Whether it has two more pipes: 3, into which `input` is written, and 4, which is read as the status. */
  readonly pipes?: { readonly input: Buffer };
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
    return await supervise(prepared, run.limits, signal, pace);
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

async function supervise(
  prepared: PreparedRun,
  limits: RunLimits,
  signal?: AbortSignal,
  pace?: Pace,
): Promise<ConfinedResult> {
  const [program, ...args] = prepared.argv;
  const child = spawn(program, args, {
    cwd: prepared.folder,
    // A process group of its own, so that all of it can be killed at once.
    detached: true,
    env: { LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe", ...(prepared.pipes ? (["pipe", "pipe"] as const) : [])],
  });
  let stoppedBy: StoppedBy | null = null;
  const stop = (by: StoppedBy): void => {
    stoppedBy ??= by;
    killGroup(child);
  };
  let wall: number = limits.wallMilliseconds;
  let timer = setTimeout(() => stop("wall"), wall);
  const onPace = (what: "slow" | "end"): void => {
    if (what === "end") return stop("pace");
    clearTimeout(timer);
    wall = limits.slowWallMilliseconds;
    timer = setTimeout(() => stop("wall"), wall);
  };
  const statusPipe = child.stdio[4];
  // Without a status pipe the command itself becomes the program.
  const watched = statusPipe instanceof Readable ? statusPipe : child.pid;
  const endWatch = pace && watched !== undefined ? watchPace(watched, pace, onPace) : undefined;
  const onAbort = (): void => stop("abort");
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const failed = new Promise<Error>((resolve) => child.on("error", resolve));
    const finished = collect(child, limits, prepared.pipes?.input, () => stop("output"));
    const outcome = await Promise.race([finished, failed]);
    if (outcome instanceof Error) return { kind: "notStarted", why: outcome.message };
    if (stoppedBy !== null) {
      const { messages, output } = outcome;
      return { kind: "stopped", by: stoppedBy, messages: messages.bytes, output: output.bytes, milliseconds: wall };
    }
    return prepared.read(outcome);
  } finally {
    endWatch?.();
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    killGroup(child);
  }
}

async function collect(
  child: ChildProcess,
  limits: RunLimits,
  input: Buffer | undefined,
  onOverflow: () => void,
): Promise<Outcome> {
  const closed = new Promise<Pick<Outcome, "code" | "signal">>((resolve) =>
    child.on("close", (code, name) => resolve({ code, signal: name === null ? null : constants.signals[name] })),
  );
  const [, , , inputPipe, statusPipe] = child.stdio;
  if (!child.stdout || !child.stderr) throw new Error("the process was started without its pipes");
  if (inputPipe instanceof Writable) {
    // Where the command never starts to read, the pipe breaks; the missing status tells that.
    inputPipe.on("error", () => undefined);
    inputPipe.end(input);
  }
  const [output, messages, status, end] = await Promise.all([
    collectOutput(child.stdout, limits.policyBytes, onOverflow),
    collectOutput(child.stderr, limits.messageBytes),
    statusPipe instanceof Readable ? collectOutput(statusPipe, 64 * 1024) : undefined,
    closed,
  ]);
  return { ...end, output, messages, status: status?.bytes.toString() ?? "" };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
