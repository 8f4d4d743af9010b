export type { Parameter, Shortfall, StartingDesign, StartingPoint, Step } from "./starting-point.ts";
