export {
  compareDraft,
  type ComparedRule,
  type Comparison,
  type ComparisonRequest,
  type Match,
} from "./compare/compare.ts";
export { composeDraft, sayEvidence, type ChosenProgram, type DraftRequest } from "./compose/compose.ts";
export { originsOf } from "./compose/origins.ts";
export type { Draft, Origin } from "./draft.ts";
export { limits as draftLimits } from "./archive/limits.ts";
export { readGiven, type GivenFile, type GivenReading } from "./subject/read-given.ts";
export { namedProgram, type PathReading } from "./subject/shipped-path.ts";
export type { ShippedFile, Subject } from "./subject/subject.ts";
export { suggest, type ProgramSuggestions } from "./suggest/suggest.ts";
export { topics, type Certainty, type Evidence, type Suggestion, type Topic } from "./suggest/suggestion.ts";
export type { ProgramCandidate, Survey } from "./survey/survey.ts";
export { takeSurvey, unitFolders } from "./survey/take-survey.ts";
