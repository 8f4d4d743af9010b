import type { PolicyTree } from "@hauberk/core/analysis";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { targetPolicyQuery } from "../../api-client/index.ts";
import { policyStorage } from "../../persistence/index.ts";
import type { ReadRevision } from "./review-model.ts";

const storage = policyStorage();

/** The policy tree of the design's first target: what includes bring is read there. Null while it is not known. */
export function usePolicy(shown: ReadRevision | null): PolicyTree | null {
  const client = useQueryClient();
  const target = shown?.config?.targets[0] ?? null;
  return useQuery(targetPolicyQuery(client, target, storage)).data ?? null;
}
