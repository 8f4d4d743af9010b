import { type Lowering, lowerDesign } from "@hauberk/core/lowering";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ServiceError, targetPolicyQuery, targetsQuery } from "../../api-client/index.ts";
import { policyStorage } from "../../persistence/index.ts";
import { useDesign } from "../../store/index.ts";
import { designOf, loweringTarget } from "./lowering-model.ts";

/** What ships to a target, as far as it can be told. */
export type LoweringState =
  | { readonly kind: "asking" }
  /** It can't be told: a sentence that says why. */
  | { readonly kind: "none"; readonly why: string }
  | { readonly kind: "there"; readonly lowering: Lowering };

const storage = policyStorage();

/** The open design as it ships to a target. */
export function useLowering(id: string): LoweringState {
  const client = useQueryClient();
  const name = useDesign((state) => state.name);
  const texts = useDesign((state) => state.texts);
  const targets = useQuery(targetsQuery());
  const status = targets.data?.find((target) => target.id === id);
  const policy = useQuery(targetPolicyQuery(client, status?.features == null ? null : id, storage));
  const target = useMemo(() => loweringTarget(status, policy.data ?? null), [status, policy.data]);
  const lowering = useMemo(
    () => (target === null ? null : lowerDesign(designOf(name, texts), target)),
    [target, name, texts],
  );
  if (lowering !== null) return { kind: "there", lowering };
  const error = targets.error ?? policy.error;
  if (error !== null) {
    const isAway = error instanceof ServiceError && error.failure.kind === "unreachable";
    return { kind: "none", why: isAway ? "Hauberk’s service does not answer; it is asked again." : error.message };
  }
  if (targets.data === undefined) return { kind: "asking" };
  if (status === undefined) return { kind: "none", why: "The service does not know this target." };
  if (status.features === null) {
    return {
      kind: "none",
      why: status.why ?? "The features of its kernel are not here: nobody can tell what it loses.",
    };
  }
  return { kind: "asking" };
}
