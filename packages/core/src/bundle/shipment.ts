import { configPath, type Design } from "../design/index.ts";
import type { Lowering } from "../lowering/index.ts";
import { revisionHash } from "./revision-hash.ts";

/** A design as it is shipped, and the targets that get this very text. */
export interface Shipment {
  readonly design: Design;
  readonly targets: readonly string[];
}

/**
 * What is to be judged before it is bundled: the text that ships, once for all targets that get the same. A target without a lowering
 * gets the source. Where nothing is lowered, that is one request: the design itself with all targets in their order.
 */
export function shipmentsOf(
  design: Design,
  targets: readonly string[],
  lowerings: readonly Lowering[],
): readonly Shipment[] {
  const found = new Map<string, { design: Design; targets: string[] }>();
  for (const target of targets) {
    const shipped = shippedDesign(design, lowerings, target);
    const policy = shipped.files.filter(({ path }) => path !== configPath);
    const hash = revisionHash({ name: "", files: policy });
    const known = found.get(hash);
    if (known === undefined) found.set(hash, { design: shipped, targets: [target] });
    else known.targets.push(target);
  }
  return [...found.values()];
}

/** The design as it is shipped to a target; the design itself where it is not lowered for it. */
export function shippedDesign(design: Design, lowerings: readonly Lowering[], target: string): Design {
  const lowering = lowerings.find((each) => each.target === target);
  return lowering === undefined || !isLowered(lowering) ? design : { name: design.name, files: lowering.files };
}

/** Whether something ships otherwise than it is written. */
export function isLowered({ lost, rewritten }: Lowering): boolean {
  return lost.length > 0 || rewritten.length > 0;
}
