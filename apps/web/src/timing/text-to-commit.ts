/** Name of the measure in the browser's performance timeline. */
export const textToCommit = "hauberk:text-to-commit";

/** When the change that is not yet on the page was heard; null while the page shows the present text. */
let heard: number | null = null;

/**
 * Notes that the editor told of a change of its text. Of several changes before one commit the first counts. Costs one
 * reading of the clock, so it stays in production, where a slow page can be looked into with any profiler.
 */
export function textChangeHeard(): void {
  heard ??= performance.now();
}

/**
 * Writes down how long it took from the change to now, as a measure for whoever observes the timeline; does nothing
 * where no change waits. The entry is cleared at once, which observers don't mind, so that typing all day gathers none.
 */
export function textChangeCommitted(): void {
  if (heard === null) return;
  performance.measure(textToCommit, { start: heard });
  performance.clearMeasures(textToCommit);
  heard = null;
}
