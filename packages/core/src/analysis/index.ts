export { globTest, isPlainPath, mayMatch, type GlobTest } from "./glob-match.ts";
export {
  bringsChildren,
  designPolicy,
  joinedPolicy,
  targetPolicy,
  type KnownPolicy,
  type KnownProfile,
} from "./known-profiles.ts";
export type { PolicyTree } from "./policy-tree.ts";
export {
  transitionMap,
  transitionOf,
  transitionsOf,
  type Destination,
  type Transition,
  type TransitionArm,
  type TransitionMap,
} from "./transitions.ts";
export { overlaps, type Overlap, type OverlapContext } from "./overlaps.ts";
