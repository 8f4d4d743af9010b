import { endpoints, type TargetPolicy, targetPolicySchema } from "@hauberk/contract";
import { callService } from "./problem-answer.ts";

/** What lies in the `/etc/apparmor.d` of a target. The browser's own cache asks whether it has changed. */
export async function requestTargetPolicy(target: string, signal: AbortSignal): Promise<TargetPolicy> {
  const path = endpoints.targetPolicy.path.replace("{id}", encodeURIComponent(target));
  const response = await callService(path, { headers: { accept: "application/json" }, signal, priority: "low" });
  return targetPolicySchema.parse(await response.json());
}
