import type { ConfinementTools } from "../confinement/confined-run.ts";
import type { UsableTarget } from "../target/usable-target.ts";
import { isolationProblem } from "./isolation-problem.ts";

/** Remembers which targets' parsers were seen to run, and to be held, in the sandbox. */
export class IsolationTrials {
  readonly #proven = new Set<string>();
  /** Trials that run now, by the target's key: hundreds who ask at once must not start hundreds. */
  readonly #running = new Map<string, Promise<string | null>>();

  /** Some target's parser was seen to run so. */
  get hasProven(): boolean {
    return this.#proven.size > 0;
  }

  /** Why a target's parser can't be run in isolation, or null: tried once for all who ask meanwhile, and again after a failure. */
  async problemOf(tools: ConfinementTools, target: UsableTarget): Promise<string | null> {
    if (this.#proven.has(target.key)) return null;
    const running = this.#running.get(target.key);
    if (running !== undefined) return running;
    const trial = this.#tryOut(tools, target).finally(() => this.#running.delete(target.key));
    this.#running.set(target.key, trial);
    return trial;
  }

  async #tryOut(tools: ConfinementTools, target: UsableTarget): Promise<string | null> {
    const problem = await isolationProblem(tools, target);
    if (problem === null) this.#proven.add(target.key);
    return problem;
  }
}
