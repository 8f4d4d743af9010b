/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median and 95th percentile of a sample, and how often they hold those of its baseline. */
export interface Figures {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly ratio: number;
  readonly ratioP95: number;
}

/** The figures of a sample beside those of its baseline, both of one run. */
export function figures(name: string, sample: readonly number[], baseline: readonly number[]): Figures {
  const median = quantile(sample, 0.5);
  const p95 = quantile(sample, 0.95);
  return { name, median, p95, ratio: median / quantile(baseline, 0.5), ratioP95: p95 / quantile(baseline, 0.95) };
}

/** Figures as lines of a table. */
export function printFigures(rows: readonly Figures[], baseline: string): void {
  for (const { name, median, p95, ratio, ratioP95 } of rows) {
    const cells = [
      name.padEnd(46),
      `median ${median.toFixed(2).padStart(8)} ms`,
      `p95 ${p95.toFixed(2).padStart(8)} ms`,
    ];
    console.log([...cells, `${ratio.toFixed(2)} times ${baseline} (p95 ${ratioP95.toFixed(2)})`].join("  "));
  }
}
