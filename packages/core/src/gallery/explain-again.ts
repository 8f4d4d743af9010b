import type { HauberkConfig } from "../design/index.ts";
import { startingPointNamed } from "./registry.ts";
import type { StartingDesign, StartingPoint } from "./starting-point.ts";

/** The starting point from which a design came, and what it wrote then. */
export interface Explanation {
  readonly point: StartingPoint;
  readonly written: StartingDesign;
}

/**
 * What is to be said of a design that a starting point wrote: `hauberk.json` keeps which and with what answers. Null where
 * none did, or where it asks other questions by now. The design may have been changed since.
 */
export function explainAgain(config: HauberkConfig): Explanation | null {
  const from = config.startedFrom;
  const point = from === undefined ? undefined : startingPointNamed(from.id);
  if (from === undefined || point === undefined) return null;
  const outcome = point.make(from.answers);
  return outcome.ok ? { point, written: outcome.design } : null;
}
