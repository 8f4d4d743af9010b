import { spawn, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { constants } from "node:os";
import { Readable, Writable } from "node:stream";
import { collectOutput } from "./collected-output.ts";
import type { ConfinedResult, Outcome, PreparedRun, StoppedBy } from "./confined-run.ts";
import type { RunLimits } from "./limits.ts";
import { watchPace, type Pace } from "./pace.ts";

/** The command of a run, started; what it says is collected from then on. */
export class StartedRun {
  readonly #prepared: PreparedRun;
  readonly #limits: RunLimits;
  readonly #child: ChildProcess;
  readonly #outcome: Promise<Outcome | Error>;
  /** Bubblewrap's first process in the sandbox, once it says which; without a status pipe the command itself. */
  readonly #watched: Promise<number> | number | undefined;
  #stoppedBy: StoppedBy | null = null;

  constructor(prepared: PreparedRun, limits: RunLimits) {
    this.#prepared = prepared;
    this.#limits = limits;
    const { pipes } = prepared;
    const [program, ...args] = prepared.argv;
    this.#child = spawn(program, args, {
      cwd: prepared.folder,
      // A process group of its own, so that all of it can be killed at once.
      detached: true,
      env: { LC_ALL: "C" },
      stdio: [
        "ignore",
        "pipe",
        "pipe",
        ...(pipes ? (["pipe", "pipe"] as const) : []),
        ...(pipes?.gate ? (["pipe"] as const) : []),
      ],
    });
    const failed = new Promise<Error>((resolve) => this.#child.on("error", resolve));
    this.#outcome = Promise.race([collect(this.#child, limits, pipes?.input, () => this.#stop("output")), failed]);
    const status = this.#child.stdio[4];
    // Bubblewrap's second process waits at the gate; where the first was killed it must not wait for ever.
    this.#child.on("exit", () => gateOf(this.#child)?.destroy());
    this.#watched = status instanceof Readable ? firstProcess(status) : this.#child.pid;
  }

  /** It has not ended, as far as is known. */
  get isAlive(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Whether this process goes on for its sake: not for one that only waits at its gate. */
  hold(held: boolean): void {
    const handles = [this.#child, ...this.#child.stdio.filter((pipe) => pipe instanceof Socket)];
    for (const handle of handles) {
      if (held) handle.ref();
      else handle.unref();
    }
  }

  /** Lets a run that waits at its gate begin. */
  open(): void {
    const gate = gateOf(this.#child);
    if (!(gate instanceof Writable)) throw new Error("the run was prepared without a gate");
    gate.end("1");
  }

  /** Kills all of it; resolves when it has ended. */
  async kill(): Promise<void> {
    this.hold(true);
    killGroup(this.#child);
    await this.#outcome;
  }

  /** Sees to it that it keeps its limits, counted from now, and gives what comes of it. */
  async finish(signal?: AbortSignal, pace?: Pace): Promise<ConfinedResult> {
    let wall: number = this.#limits.wallMilliseconds;
    let timer = setTimeout(() => this.#stop("wall"), wall);
    const onPace = (what: "slow" | "end"): void => {
      if (what === "end") return this.#stop("pace");
      clearTimeout(timer);
      wall = this.#limits.slowWallMilliseconds;
      timer = setTimeout(() => this.#stop("wall"), wall);
    };
    const endWatch = pace && this.#watched !== undefined ? watchPace(this.#watched, pace, onPace) : undefined;
    const onAbort = (): void => this.#stop("abort");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    try {
      const outcome = await this.#outcome;
      if (outcome instanceof Error) return { kind: "notStarted", why: outcome.message };
      if (this.#stoppedBy === null) return this.#prepared.read(outcome);
      const { messages, output } = outcome;
      const said = { messages: messages.bytes, output: output.bytes };
      return { kind: "stopped", by: this.#stoppedBy, ...said, milliseconds: wall };
    } finally {
      endWatch?.();
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      killGroup(this.#child);
    }
  }

  #stop(by: StoppedBy): void {
    this.#stoppedBy ??= by;
    killGroup(this.#child);
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
  // Where the command never starts to read, a pipe breaks; the missing status tells that.
  for (const pipe of [inputPipe, gateOf(child)]) pipe?.on("error", () => undefined);
  if (inputPipe instanceof Writable) inputPipe.end(input);
  const [output, messages, status, end] = await Promise.all([
    collectOutput(child.stdout, limits.policyBytes, onOverflow),
    collectOutput(child.stderr, limits.messageBytes),
    statusPipe instanceof Readable ? collectOutput(statusPipe, 64 * 1024) : undefined,
    closed,
  ]);
  return { ...end, output, messages, status: status?.bytes.toString() ?? "" };
}

/** The sixth of its pipes; Node's types know five. */
function gateOf(child: ChildProcess): Readable | Writable | null | undefined {
  const pipes: readonly (Readable | Writable | null | undefined)[] = child.stdio;
  return pipes[5];
}

/** The process that bubblewrap's status names; where it never names one, this stays open. */
function firstProcess(status: Readable): Promise<number> {
  return new Promise((resolve) => {
    let said = "";
    const onData = (chunk: Buffer): void => {
      said += chunk.toString();
      const init = /"child-pid"\s*:\s*(\d+)/.exec(said)?.[1];
      if (init === undefined) return;
      status.off("data", onData);
      resolve(Number(init));
    };
    status.on("data", onData);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
