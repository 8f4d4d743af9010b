import { type TargetPolicy, targetPolicySchema } from "@hauberk/contract";
import { callService } from "./problem-answer.ts";

/** What lies in the `/etc/apparmor.d` of a target. The browser's own cache asks whether it has changed. */
export async function requestTargetPolicy(target: string, signal: AbortSignal): Promise<TargetPolicy> {
  // By itself: the list of all endpoints comes with what needs more of them.
  const path = `/api/v1/targets/${encodeURIComponent(target)}/policy`;
  const response = await callService(path, { headers: { accept: "application/json" }, signal, priority: "low" });
  return targetPolicySchema.parse(await response.json());
}
