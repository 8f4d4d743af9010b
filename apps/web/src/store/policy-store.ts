import type { PolicyTree } from "@hauberk/core/analysis";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** What is known of the policy of the target that the design is looked at with. */
export type TargetPolicyState =
  /** Nothing has answered yet. */
  | { readonly kind: "asking"; readonly target: string | null; readonly tree: null }
  | { readonly kind: "there"; readonly target: string; readonly tree: PolicyTree }
  /** It can't be had: a sentence that says why and what to do. */
  | { readonly kind: "none"; readonly target: string | null; readonly tree: null; readonly why: string };

/** The policy of the first usable target of the design; filled by `TargetPolicyWatch`, read by panels and workers. */
export const policyStore = createStore<TargetPolicyState>()(() => ({ kind: "asking", target: null, tree: null }));

/** A part of what is known of the target's policy. */
export function useTargetPolicyState<T>(part: (state: TargetPolicyState) => T): T {
  return useStore(policyStore, part);
}
