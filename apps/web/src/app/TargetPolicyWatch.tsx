import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ServiceError, targetPolicyQuery, targetsQuery } from "../api-client/index.ts";
import { policyStorage } from "../persistence/index.ts";
import { policyStore, type TargetPolicyState, useConfig, useDesign } from "../store/index.ts";

const storage = policyStorage();
const standardTargets: readonly string[] = ["debian-12"];

/** Gets the policy of the design's first usable target. Stands once on the page and shows nothing. */
export function TargetPolicyWatch(): null {
  const client = useQueryClient();
  const isOpen = useDesign((state) => state.id !== null);
  const config = useConfig();
  const [chosen, setChosen] = useState(standardTargets);
  const named = config?.ok === true ? config.config.targets : chosen;
  if (named.join(" ") !== chosen.join(" ")) setChosen(named);

  const targets = useQuery(targetsQuery());
  const usable = chosen.find((id) => targets.data?.find((status) => status.id === id)?.usable === true);
  // Until the service answers, what was kept of the first one is better than nothing.
  const target = usable ?? (targets.data === undefined ? chosen[0] : undefined) ?? null;
  const policy = useQuery({
    ...targetPolicyQuery(client, target, storage),
    enabled: isOpen && target !== null,
  });

  const tree = policy.data ?? null;
  const { error } = policy;
  const first = targets.data?.find((status) => status.id === chosen[0]);
  const whyNone = first === undefined ? null : `${first.label} can’t be used here: ${first.why ?? "it is not usable"}.`;
  useEffect(() => {
    policyStore.setState(stateOf(target, tree, error, chosen, whyNone), true);
  }, [target, tree, error, chosen, whyNone]);
  return null;
}

function stateOf(
  target: string | null,
  tree: TargetPolicyState["tree"],
  error: Error | null,
  chosen: readonly string[],
  whyNone: string | null,
): TargetPolicyState {
  if (target !== null && tree !== null) return { kind: "there", target, tree };
  const none = (why: string): TargetPolicyState => ({ kind: "none", target, tree: null, why });
  if (chosen.length === 0) return none("The design names no target: choose one below, at “Targets…”.");
  if (target === null) return none(whyNone ?? "The service knows none of the targets that the design names.");
  if (error === null) return { kind: "asking", target, tree: null };
  if (error instanceof ServiceError && error.failure.kind === "unreachable") {
    return none("The service does not answer, and nothing was kept of the target’s policy. It is asked again.");
  }
  return none(error.message);
}
