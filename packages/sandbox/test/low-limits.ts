import { runLimits, type EffortLimits } from "../src/confinement/limits.ts";

/** For tests of many runs that go to their limits: as in earnest, but for the time. */
const low = { cpuSeconds: { soft: 1, hard: 2 }, wallMilliseconds: 6_000 };

/** The limits of the hostile suite. */
export const lowLimits: EffortLimits = {
  interactive: { ...runLimits.interactive, ...low },
  full: { ...runLimits.full, ...low },
};
