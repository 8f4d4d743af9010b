import type { ConfinedResult, ConfinedRun, Outcome, PreparedRun } from "./confined-run.ts";
import { prlimitOptions } from "./limits.ts";

/** The programs that confine by namespaces, by absolute path, and the filter of system calls. */
export interface BubblewrapTools {
  readonly kind: "bubblewrap";
  readonly bubblewrap: string;
  readonly prlimit: string;
  readonly filter: Buffer;
}

/** Identity inside the sandbox: Debian's `nobody`. */
const nobody = "65534";

/** A signal's number is this much below the code that bubblewrap reports. */
const signalBase = 128;

/** SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGSEGV, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ, SIGSYS. */
const endingSignals = new Set([3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 24, 25, 31]);

/**
 * Own namespaces of every kind: no network, no process, no file but the mounts of the run. With a `gate` bubblewrap makes
 * them, gives up its privileges and waits there, before it loads the filter and becomes the program.
 */
export function prepareBubblewrap(tools: BubblewrapTools, run: ConfinedRun, { gate = false } = {}): PreparedRun {
  const waiting = gate ? ["--block-fd", "5"] : [];
  return {
    argv: [tools.prlimit, ...prlimitOptions(run.limits), "--", tools.bubblewrap, ...waiting, ...options(run)],
    folder: "/",
    pipes: { input: tools.filter, gate },
    read: ended,
    tidy: () => Promise.resolve(),
  };
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
