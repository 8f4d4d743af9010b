export { useVerdicts, type Verdicts, VerdictWatch } from "./use-verdicts.ts";
export { type TargetVerdict, type VerdictState, verdictState, verdictWords } from "./verdict-state.ts";
export { rememberedLabel } from "./target-labels.ts";
export { verdictSubject } from "./verdict-subject.ts";
export { VerdictStrip } from "./VerdictStrip.tsx";
