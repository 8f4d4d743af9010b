import { prepareBubblewrap, type BubblewrapTools } from "../confinement/bubblewrap.ts";
import type { ConfinedResult, ConfinementTools } from "../confinement/confined-run.ts";
import type { Pace } from "../confinement/pace.ts";
import { StartedRun } from "../confinement/started-run.ts";
import { makeJobFolder, removeJobFolder } from "./job-folders.ts";
import { layJobTree, writeJobFiles, type JobTree } from "./job-tree.ts";
import type { Job } from "./run-job.ts";

/** How many sandboxes wait, and how long. */
export interface WarmShape {
  /** At most so many at once: two processes of 2 MB each. */
  readonly most: number;
  /** One that nobody wants for so long is ended, in milliseconds. */
  readonly patience: number;
  /** So long nothing must have run before one is made, in milliseconds: who waits for an answer goes first. */
  readonly rest: number;
}

/** Enough for two designs that are edited, on three releases each, and the pauses of a person who types. */
export const warmShape: WarmShape = { most: 6, patience: 120_000, rest: 20 };

/** What can be made ready for a job before its texts are known. */
interface Recipe {
  readonly tools: BubblewrapTools;
  readonly job: Job;
}

/** A sandbox that waits: its mounts are made, its folder has the target's links, and no file of a design. */
interface Waiting {
  readonly run: StartedRun;
  readonly folder: string;
  readonly patience: NodeJS.Timeout;
}

/** Folders of jobs that are over, at most so many, wait to be removed until nothing runs. */
const mostSpent = 16;

/**
 * Sandboxes that are made ahead for designs that are judged again and again while somebody edits them: the same target,
 * file names and limits, other texts. To make one takes longer than many a parser runs, the more the busier the machine
 * is. Each serves one run and is gone; where none waits, the run makes its own. Only bubblewrap can wait.
 */
export class WarmJobs {
  readonly #shape: WarmShape;
  readonly #waiting = new Map<string, Waiting>();
  /** What was answered of late and has no sandbox waiting, the latest last. */
  readonly #wanted = new Map<string, Recipe>();
  /** Folders to be removed when nothing runs. */
  readonly #spent = new Set<string>();
  readonly #ending = new Set<Promise<void>>();
  #busy = 0;
  /** Goes off once nothing has run for a while. */
  #rest: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(shape: WarmShape = warmShape) {
    this.#shape = shape;
  }

  /** How many sandboxes wait now. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Does work during which none is made. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    clearTimeout(this.#rest);
    try {
      return await work();
    } finally {
      this.#busy--;
      this.#restFor(this.#shape.rest);
    }
  }

  /** The same job will come again, with other texts. */
  want(tools: ConfinementTools, job: Job): void {
    if (tools.kind !== "bubblewrap") return;
    const key = keyOf(job);
    this.#wanted.delete(key);
    this.#wanted.set(key, { tools, job });
    const [oldest] = this.#wanted.keys();
    if (oldest !== undefined && this.#wanted.size > this.#shape.most) this.#wanted.delete(oldest);
  }

  /** Runs a job in the sandbox that waits for it; undefined where none did, or it did not last. */
  async run(job: Job, signal: AbortSignal | undefined, pace: Pace | undefined): Promise<ConfinedResult | undefined> {
    const key = keyOf(job);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(key);
    clearTimeout(waiting.patience);
    try {
      const result = await useWaiting(waiting, job.tree, signal, pace);
      return result?.kind === "notStarted" ? undefined : result;
    } finally {
      this.#leave(waiting.folder);
    }
  }

  /** Ends those that wait; none is made any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#rest);
    this.#wanted.clear();
    for (const key of this.#waiting.keys()) this.#end(key);
    while (this.#ending.size > 0) await Promise.all(this.#ending);
    this.#removeSpent();
  }

  #leave(folder: string): void {
    if (this.#spent.size >= mostSpent) this.#removeSpent();
    this.#spent.add(folder);
  }

  #removeSpent(): void {
    for (const folder of this.#spent) discard(folder);
    this.#spent.clear();
  }

  #restFor(milliseconds: number): void {
    clearTimeout(this.#rest);
    if (this.#closed || this.#busy > 0) return;
    this.#rest = setTimeout(() => void this.#makeOne(), milliseconds).unref();
  }

  /** One at a time, as long as nothing runs. */
  async #makeOne(): Promise<void> {
    this.#removeSpent();
    const [key, recipe] = [...this.#wanted].at(-1) ?? [];
    // None gives way to another: many designs in turn would have them made for nothing.
    if (key === undefined || recipe === undefined || this.#waiting.size >= this.#shape.most) return;
    this.#wanted.delete(key);
    const making = makeWaiting(recipe).then(
      ({ run, folder }) => {
        const patience = setTimeout(() => this.#end(key), this.#shape.patience).unref();
        this.#waiting.set(key, { run, folder, patience });
        if (this.#closed) this.#end(key);
      },
      // It would only have saved time.
      () => undefined,
    );
    await this.#track(making);
    this.#restFor(0);
  }

  #end(key: string): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    this.#waiting.delete(key);
    clearTimeout(waiting.patience);
    void this.#track(waiting.run.kill().then(() => discard(waiting.folder)));
  }

  async #track(ending: Promise<void>): Promise<void> {
    this.#ending.add(ending);
    await ending;
    this.#ending.delete(ending);
  }
}

/** The same for jobs that differ in nothing but the texts of their files. */
function keyOf({ target, tree, runIn }: Job): string {
  const names = tree.files.map(({ path }) => path);
  return JSON.stringify([target, tree.folders, tree.links, names, runIn("")]);
}

async function makeWaiting({ tools, job }: Recipe): Promise<Omit<Waiting, "patience">> {
  const folder = await makeJobFolder();
  try {
    await layJobTree(job.tree, folder);
    const confined = job.runIn(folder);
    const run = new StartedRun(prepareBubblewrap(tools, confined, { gate: true }), confined.limits);
    run.hold(false);
    return { run, folder };
  } catch (error) {
    await removeJobFolder(folder);
    throw error;
  }
}

/** Gives a sandbox that waits its texts, and lets it go; undefined where that can't be done any more. */
async function useWaiting(
  { run, folder }: Waiting,
  tree: JobTree,
  signal: AbortSignal | undefined,
  pace: Pace | undefined,
): Promise<ConfinedResult | undefined> {
  if (!run.isAlive) return undefined;
  run.hold(true);
  try {
    writeJobFiles(tree, folder);
  } catch {
    // Somebody may have cleared the folder away.
    await run.kill();
    return undefined;
  }
  run.open();
  return run.finish(signal, pace);
}

/** Removes a folder; where that fails the next process of ours does it. */
function discard(folder: string): void {
  removeJobFolder(folder).catch(() => undefined);
}
