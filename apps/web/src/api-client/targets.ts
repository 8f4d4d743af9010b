import { targetListSchema, type TargetStatus } from "@hauberk/contract";
import { callService } from "./problem-answer.ts";

/** The targets that the service knows, with whether it can run their parser. */
export async function requestTargets(signal: AbortSignal): Promise<TargetStatus[]> {
  const response = await callService("/api/v1/targets", { headers: { accept: "application/json" }, signal });
  return targetListSchema.parse(await response.json());
}
