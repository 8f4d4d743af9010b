export { fileDescription } from "./file-description.ts";
export { globTest, isPlainPath, mayMatch, type GlobTest } from "./glob-match.ts";
export {
  includeBrings,
  includesBring,
  broughtDanger,
  worstSayings,
  type BroughtRule,
  type BroughtSaying,
  type BroughtVariable,
  type IncludeBrings,
  type IncludeQuestion,
  type NestedInclude,
} from "./include-brings.ts";
export {
  bringsChildren,
  designPolicy,
  joinedPolicy,
  targetPolicy,
  type KnownPolicy,
  type KnownProfile,
} from "./known-profiles.ts";
export { networkOpenings, networkReach, reachOfRule, type NetworkReach } from "./network-reach.ts";
export {
  designPathOf,
  installedPath,
  policyFiles,
  resolveAmong,
  treeFileView,
  type IncludeStanding,
  type PolicyFile,
  type PolicyFiles,
  type ResolvedInclude,
} from "./policy-files.ts";
export type { PolicyTree } from "./policy-tree.ts";
export {
  execArms,
  transitionMap,
  transitionOf,
  transitionsOf,
  type Destination,
  type Transition,
  type TransitionArm,
  type TransitionMap,
} from "./transitions.ts";
export { isNeedless, overlaps, type Overlap, type OverlapContext } from "./overlaps.ts";
export { valuesIn } from "./variable-values.ts";
export { valuesForPiece } from "./piece-values.ts";
export { variablePlaces, variableValues, type KnownVariableValues } from "./variable-places.ts";
export {
  searchPolicy,
  type FileHits,
  type SearchedFile,
  type SearchHit,
  type SearchQuestion,
} from "./search-policy.ts";
export { isPatternWithin, patternsMeet } from "./pattern-relation.ts";
