import type { ResolvedTarget } from "../target/usable-target.ts";

/** How much the last run counts beside those before it. */
const weight = 0.2;

/**
 * What runs of each target have cost of late. Where a request has more targets than there are cores, the one that takes
 * longest must not begin last.
 */
export class TargetCosts {
  readonly #milliseconds = new Map<string, number>();

  /** Counts a run. */
  note(target: string, milliseconds: number): void {
    const before = this.#milliseconds.get(target) ?? milliseconds;
    this.#milliseconds.set(target, before + weight * (milliseconds - before));
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
