export { startingPointNamed, startingPoints } from "./registry.ts";
export { explainAgain } from "./explain-again.ts";
export type {
  Answers,
  Choice,
  Parameter,
  Shortfall,
  StartingDesign,
  StartingPoint,
  StartOutcome,
  Step,
} from "./starting-point.ts";
