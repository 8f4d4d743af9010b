import { readFileSync } from "node:fs";
import type { SourceReader } from "@hauberk/core/design";
import { targetPolicyFolder } from "./target-policy.ts";

/** Reads the includes of a target's own policy. Throws a `CallError` where that target is not on this machine. */
export async function policyReader(target: string): Promise<SourceReader> {
  const root = await targetPolicyFolder(target);
  return { read, includeRoots: [root] };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
