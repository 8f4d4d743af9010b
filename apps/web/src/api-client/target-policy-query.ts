import type { TargetPolicy } from "@hauberk/contract";
import type { PolicyTree } from "@hauberk/core/analysis";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { ServiceError } from "./problem-answer.ts";
import { requestTargetPolicy } from "./target-policy.ts";

/** Where policies are kept for the times when the service does not answer. */
export interface PolicyStorage {
  load(target: string): Promise<TargetPolicy | null>;
  keep(policy: TargetPolicy): Promise<void>;
}

/** How often, in milliseconds, a service that does not answer is asked again. */
const askAgain = 5000;

/**
 * A target's policy tree; null asks for none. What was kept of it is there at once, and stays where the service does not
 * answer; what the service says now takes its place.
 */
export function targetPolicyQuery(client: QueryClient, target: string | null, storage: PolicyStorage) {
  const queryKey = ["target-policy", target] as const;
  return queryOptions<PolicyTree | null>({
    queryKey,
    enabled: target !== null,
    queryFn: async ({ signal }) => {
      if (target === null) return null;
      const kept = await storage.load(target).catch(() => null);
      const before = kept === null ? null : treeOf(kept);
      if (before !== null && client.getQueryData(queryKey) === undefined) client.setQueryData(queryKey, before);
      try {
        const policy = await requestTargetPolicy(target, signal);
        if (kept !== null && before !== null && isSame(kept, policy))
          return client.getQueryData<PolicyTree>(queryKey) ?? before;
        // Where nothing can be kept, only the start without the service is lost.
        await storage.keep(policy).catch(() => undefined);
        return treeOf(policy);
      } catch (error) {
        const away = error instanceof ServiceError && error.failure.kind === "unreachable";
        if (before === null || !away) throw error;
        return client.getQueryData<PolicyTree>(queryKey) ?? before;
      }
    },
    staleTime: 10 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    // The tree is one object for as long as it is the same: what is made of it is remembered by it.
    structuralSharing: false,
    refetchInterval: (query) => (query.state.status === "error" ? askAgain : false),
  });
}

function treeOf({ target, files }: TargetPolicy): PolicyTree {
  return { target, files: new Map(files.map(({ path, text }) => [path, text])) };
}

function isSame(a: TargetPolicy, b: TargetPolicy): boolean {
  return (
    a.files.length === b.files.length &&
    a.files.every(({ path, text }, index) => path === b.files[index]?.path && text === b.files[index]?.text)
  );
}
