import type { CatalogueEntry } from "./target-data.ts";
import { resolveToolchainTarget } from "./toolchain-target.ts";
import type { ResolvedTarget } from "./usable-target.ts";

/**
 * A release of which no feature file read on its own kernel is here. It is never usable; where the nearest target can be
 * asked, its parser tells what it thinks of the syntax.
 */
export async function resolveApproximateTarget(
  { data, nearest }: Extract<CatalogueEntry, { form: "approximation" }>,
  cache: string,
): Promise<ResolvedTarget> {
  const { id, label, parser, kernel } = data;
  const asked = await resolveToolchainTarget(nearest, cache);
  const { label: nearestLabel, parserVersion } = asked.target;
  const why =
    `no features of its own kernel are here, so it has no verdict; the nearest parser, ${parserVersion} of ` +
    `${nearestLabel}, tells of the syntax only` +
    (asked.usable ? "" : `, and can't be asked either: ${asked.target.why}`);
  return {
    usable: false,
    target: {
      id,
      label,
      kind: "approximation",
      parserVersion: parser.version,
      kernelVersion: kernel.version,
      reason: asked.usable ? "approximate" : asked.target.reason,
      why,
      ...(asked.usable && { nearest: asked.target }),
    },
  };
}
