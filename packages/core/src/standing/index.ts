export { planStanding, type StandingPlan, type StandingQuestion } from "./plan-standing.ts";
export { probeKey, type Probe, type ProbeFeatures, type ProbeOutcome } from "./probe.ts";
export { readStanding, type StandingReading, type StoodRow } from "./read-standing.ts";
export { besideRule } from "./allow-all.ts";
export type { Finding, StandingSubject, StandingWord } from "./study.ts";
