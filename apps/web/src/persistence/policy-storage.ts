import { type TargetPolicy, targetPolicySchema } from "@hauberk/contract";
import { createStore, get, set, type UseStore } from "idb-keyval";

/** The targets' policies in this browser's IndexedDB, so that a reload with the service away still has them. */
export function policyStorage(): {
  readonly load: (target: string) => Promise<TargetPolicy | null>;
  readonly keep: (policy: TargetPolicy) => Promise<void>;
} {
  // Opened at first use: where the browser forbids storage, the error comes to the one who asks.
  let policies: UseStore | null = null;
  const store = () => (policies ??= createStore("hauberk-policies", "policies"));
  return {
    async load(target) {
      const kept = targetPolicySchema.safeParse(await get(target, store()));
      return kept.success ? kept.data : null;
    },
    keep: (policy) => set(policy.target, policy, store()),
  };
}
