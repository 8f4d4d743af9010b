import { spawn, type ChildProcess } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { collectOutput } from "./collected-output.ts";
import { prlimitOptions, type RunLimits } from "./limits.ts";

/** A folder or file of the machine that the run sees, read-only, at a place of its own tree. */
export interface ReadOnlyMount {
  readonly from: string;
  readonly at: string;
}

/** The programs of the machine that make the confinement, by absolute path, and the filter of system calls. */
export interface ConfinementTools {
  readonly bubblewrap: string;
  readonly prlimit: string;
  readonly filter: Buffer;
}

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
  /** Ended by us: it ran too long, said too much, or is no longer wanted. */
  | {
      readonly kind: "stopped";
      readonly by: "wall" | "output" | "abort";
      readonly messages: Buffer;
      /** What it had written by then, for who can use a part. */
      readonly output?: Buffer;
    }
  /** The confinement could not be made; the program never ran. */
  | { readonly kind: "notStarted"; readonly why: string };

/** Identity inside the sandbox: Debian's `nobody`. */
const nobody = "65534";

/** A signal's number is this much below the code that bubblewrap reports. */
const signalBase = 128;

/** SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGSEGV, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ, SIGSYS. */
const endingSignals = new Set([3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 24, 25, 31]);

/**
 * Runs a program on untrusted input: own namespaces of every kind, no network, no capability, only the named trees to
 * see and none to write, a list of system calls, limits on time, memory and output. Never throws for what the program
 * does; an aborted run's processes are gone when this resolves.
 */
export async function runConfined(
  tools: ConfinementTools,
  run: ConfinedRun,
  signal?: AbortSignal,
): Promise<ConfinedResult> {
  if (signal?.aborted) return { kind: "stopped", by: "abort", messages: Buffer.alloc(0) };
  const child = spawn(tools.prlimit, [...prlimitOptions(run.limits), "--", tools.bubblewrap, ...options(run)], {
    // A process group of its own, so that all of it can be killed at once.
    detached: true,
    env: { LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
  });
  let stoppedBy: "wall" | "output" | "abort" | null = null;
  const stop = (by: "wall" | "output" | "abort"): void => {
    stoppedBy ??= by;
    killGroup(child);
  };
  const timer = setTimeout(() => stop("wall"), run.limits.wallMilliseconds);
  const onAbort = (): void => stop("abort");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const failed = new Promise<Error>((resolve) => child.on("error", resolve));
    const finished = collect(child, run.limits, tools.filter, () => stop("output"));
    const outcome = await Promise.race([finished, failed]);
    if (outcome instanceof Error) return { kind: "notStarted", why: outcome.message };
    if (stoppedBy !== null) {
      return { kind: "stopped", by: stoppedBy, messages: outcome.messages.bytes, output: outcome.output.bytes };
    }
    return ended(outcome);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    killGroup(child);
  }
}

function options(run: ConfinedRun): string[] {
  const fixed = [
    "--unshare-all",
    // Asked for by name as well: among "all" it is only tried, and without it nothing may start.
    "--unshare-user",
    `--uid ${nobody} --gid ${nobody} --cap-drop ALL --die-with-parent --new-session`,
    `--clearenv --setenv LC_ALL C --seccomp 3 --json-status-fd 4 --chdir /`,
  ].flatMap((words) => words.split(" "));
  const mounts = run.mounts.flatMap(({ from, at }) => ["--ro-bind", from, at]);
  return [...fixed, ...mounts, "--", ...run.argv];
}

interface Outcome {
  readonly output: Awaited<ReturnType<typeof collectOutput>>;
  readonly messages: Awaited<ReturnType<typeof collectOutput>>;
  readonly status: string;
}

async function collect(
  child: ChildProcess,
  limits: RunLimits,
  filter: Buffer,
  onOverflow: () => void,
): Promise<Outcome> {
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const [, , , filterPipe, statusPipe] = child.stdio;
  if (!child.stdout || !child.stderr || !(filterPipe instanceof Writable) || !(statusPipe instanceof Readable)) {
    throw new Error("the process was started without its pipes");
  }
  // Where bubblewrap never starts to read, the pipe breaks; the missing status tells that.
  filterPipe.on("error", () => undefined);
  filterPipe.end(filter);
  const [output, messages, status] = await Promise.all([
    collectOutput(child.stdout, limits.policyBytes, onOverflow),
    collectOutput(child.stderr, limits.messageBytes),
    collectOutput(statusPipe, 64 * 1024),
    closed,
  ]);
  return { output, messages, status: status.bytes.toString() };
}

/** Bubblewrap reports the program's exit code only where the program was really started. */
function ended({ output, messages, status }: Outcome): ConfinedResult {
  const reported = /"exit-code"\s*:\s*(\d+)/.exec(status)?.[1];
  if (reported === undefined) {
    return { kind: "notStarted", why: messages.bytes.toString().trim() || "bubblewrap ended without a word" };
  }
  const code = Number(reported);
  const isSignal = endingSignals.has(code - signalBase);
  return {
    kind: "ended",
    code: isSignal ? null : code,
    signal: isSignal ? code - signalBase : null,
    output: output.bytes,
    messages: messages.bytes,
    messagesCut: messages.cut,
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
