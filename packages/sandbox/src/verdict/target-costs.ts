import type { ResolvedTarget } from "../target/usable-target.ts";

/** How much dearer a target counts with each run that was not its shortest. */
const growth = 1.02;

/**
 * How long the shortest runs of one kind of each target were of late: in the others it shared the cores. Where a request
 * has more targets than there are cores, the one that takes longest must not begin last.
 */
export class TargetCosts {
  readonly #milliseconds = new Map<string, number>();

  /** Counts a run. */
  note(target: string, milliseconds: number): void {
    const before = this.#milliseconds.get(target) ?? Infinity;
    this.#milliseconds.set(target, Math.min(before * growth, milliseconds));
  }

  /** The dearest target first; what was never run counts as dear, in the given order. */
  dearestFirst(targets: readonly ResolvedTarget[]): ResolvedTarget[] {
    const costOf = ({ target }: ResolvedTarget): number => this.#milliseconds.get(target.id) ?? Infinity;
    return targets.toSorted((a, b) => {
      const [left, right] = [costOf(a), costOf(b)];
      return left === right ? 0 : right - left;
    });
  }
}
