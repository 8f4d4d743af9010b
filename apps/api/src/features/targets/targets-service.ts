import type { TargetStatus } from "@hauberk/contract";
import type { ValidationEngine } from "../../validation-engine.ts";

/** What releases a design can be judged for here. */
export interface TargetsService {
  /** Every known target with its parser, kernel and whether it is usable here. */
  list(): Promise<readonly TargetStatus[]>;
}

/** The targets of the engine. */
export function createTargetsService(engine: ValidationEngine): TargetsService {
  return { list: () => engine.listTargets() };
}
