import type { Verdict } from "@hauberk/contract";
import { isLowered, shipmentsOf, type BundleStanding } from "@hauberk/core/bundle";
import { lowerDesign, type Lowering } from "@hauberk/core/lowering";
import { standingsByTarget } from "./get-standings.ts";
import { getVerdicts } from "./get-verdicts.ts";
import { loweringTargets } from "./lowering-targets.ts";
import type { OpenDesign } from "./open-design.ts";

/** What ships to targets, and what their parsers say of it. */
export interface JudgedShipments {
  /** Of the targets for which it can be told. */
  readonly lowerings: readonly Lowering[];
  /** In the order of the targets. */
  readonly verdicts: readonly Verdict[];
  /** Of the targets whose parser accepts what ships. */
  readonly standings: readonly BundleStanding[];
}

/** Lowers a design for each target that is here, and asks the parsers for the verdict and the standings of what ships. */
export async function judgeShipments(open: OpenDesign, targets: readonly string[]): Promise<JudgedShipments> {
  const lowerings = await lowerFor(open, targets);
  const verdicts = new Map<string, Verdict>();
  const standings: BundleStanding[] = [];
  for (const shipment of shipmentsOf(open.design, targets, lowerings)) {
    const shipped: OpenDesign = { ...open, design: shipment.design };
    const found = await getVerdicts(shipped, shipment.targets);
    for (const verdict of found) verdicts.set(verdict.target, verdict);
    const accepted = found.filter(({ verdict }) => verdict === "accepted").map(({ target }) => target);
    if (accepted.length === 0) continue;
    for (const [target, rows] of await standingsByTarget(shipped, accepted, "text")) standings.push({ target, rows });
  }
  return { lowerings, verdicts: targets.flatMap((target) => verdicts.get(target) ?? []), standings };
}

/** What the parsers say of what would ship to targets that reject the source; a target to which the source itself would ship is missing. */
export async function verdictsAsLowered(
  open: OpenDesign,
  targets: readonly string[],
): Promise<ReadonlyMap<string, Verdict["verdict"]>> {
  const lowerings = (await lowerFor(open, targets)).filter(isLowered);
  const found = new Map<string, Verdict["verdict"]>();
  const lowered = lowerings.map(({ target }) => target);
  for (const shipment of shipmentsOf(open.design, lowered, lowerings)) {
    const verdicts = await getVerdicts({ ...open, design: shipment.design }, shipment.targets);
    for (const { target, verdict } of verdicts) found.set(target, verdict);
  }
  return found;
}

/** The design as it ships to each target for which that can be told. */
async function lowerFor(open: OpenDesign, targets: readonly string[]): Promise<Lowering[]> {
  const found = await loweringTargets(targets);
  return found.flatMap((each) => (each.ok ? [lowerDesign(open.design, each.target)] : []));
}
