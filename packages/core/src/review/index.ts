export type {
  ChangeAct,
  ChangeBrings,
  ChangeCount,
  ChangeSide,
  ChangeSubject,
  Gives,
  ReviewChange,
  ReviewChanges,
  ReviewedFile,
} from "./change.ts";
export type {
  ProfileSummary,
  ReviewSummary,
  SummaryInclude,
  SummaryPlace,
  SummarySaying,
  SummarySection,
  SummaryTaken,
} from "./summary.ts";
export type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
export type { Choice, MergeConflict, MergeOutcome } from "./merge-outcome.ts";
export { reviewChanges } from "./review-changes.ts";
export { makeAnchor } from "./anchor-items.ts";
export { followAnchor } from "./anchor.ts";
export { followThrough, type FilesOf, type NeededRevision } from "./follow-through.ts";
export { followSuggestion } from "./follow-suggestion.ts";
export { applySuggestion, type SuggestionOutcome } from "./apply-suggestion.ts";
export { mergeProblems } from "./merge-problems.ts";
export { mergeRevisions } from "./merge-revisions.ts";
export { settleMerge } from "./settle-merge.ts";
export { reviewSummary } from "./review-summary.ts";
