/** A cell of the measurement: what a probe came to on a kernel under the rules, compiled by a parser with an abi. */
export interface MeasuredCell {
  readonly rules: string;
  readonly kernel: string;
  readonly parser: string;
  readonly abi: string;
  readonly probe: string;
  /** `OK` or `step:ERRNO`, with `[log]` where the kernel logged a line. */
  readonly outcome: string;
}

interface Setting {
  readonly kernel: string;
  readonly parser: string;
  readonly abi: string;
}

/**
 * Reads the measured matrix: a heading with the rules' name, lines of settings (`k{…} pX abi[…]; …`), and below them what the
 * probes came to (`OUTCOME <- PROBE ; PROBE`). What could not be loaded has no cells.
 */
export function readMatrix(text: string): MeasuredCell[] {
  const cells: MeasuredCell[] = [];
  let rules = "";
  let settings: readonly Setting[] = [];
  for (const line of text.split("\n")) {
    const heading = /^### (.+)$/u.exec(line)?.[1];
    const [, outcome, probes] = /^\s+(\S+) <- (.+)$/u.exec(line) ?? [];
    if (heading !== undefined) rules = heading;
    else if (/^\s+k\{/u.test(line)) settings = line.split(";").flatMap(settingsOf);
    else if (outcome !== undefined && probes !== undefined) {
      for (const probe of probes.split(" ; ")) {
        for (const setting of settings)
          cells.push({ rules, ...setting, probe: probe.trim(), outcome: shortened(outcome) });
      }
    }
  }
  return cells;
}

function settingsOf(part: string): Setting[] {
  const [, kernels, parser, abis] = /k\{(.+?)\} p(\S+) abi\[(.+?)\]/u.exec(part) ?? [];
  if (kernels === undefined || parser === undefined || abis === undefined) return [];
  return kernels.split(",").flatMap((kernel) => abis.split(",").map((abi) => ({ kernel, parser, abi })));
}

function shortened(outcome: string): string {
  return outcome.replace(/\[noaudit\]$/u, "").replace(/\[(?:DENIED|ALLOWED|AUDIT)[^\]]*\]$/u, "[log]");
}
