import type { PolicyTree } from "@hauberk/core/analysis";
import { useTargetPolicyState } from "../store/index.ts";

/**
 * The policy tree of the first usable target that the design names; null while it is not there. It is the same object for as
 * long as the tree is the same.
 */
export function useTargetPolicy(): PolicyTree | null {
  return useTargetPolicyState((state) => state.tree);
}
