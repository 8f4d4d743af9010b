import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyTree } from "@hauberk/core/analysis";
import { CallError } from "../call-error.ts";

/** The folder on this machine that holds a target's `/etc/apparmor.d`. Throws a `CallError` where there is none. */
export async function targetPolicyFolder(id: string): Promise<string> {
  const { hostPlaces, toolchainFolder } = await import("@hauberk/sandbox");
  if (id === "host") return hostPlaces.policy;
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(id)) throw new CallError(`there is no target ${id}; hauberk targets lists them`);
  const folder = join(toolchainFolder(id), "root/etc/apparmor.d");
  try {
    readdirSync(folder);
  } catch {
    throw new CallError(`the policy of the target ${id} is not on this machine; hauberk targets says what to do`);
  }
  return folder;
}

/** What a target brings, read from this machine. Throws a `CallError` where it is not here. */
export async function targetPolicyTree(id: string): Promise<PolicyTree> {
  const folder = await targetPolicyFolder(id);
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return {
    target: id,
    files: new Map(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")])),
  };
}

/** What the first of the targets brings whose policy is on this machine; null where that of none is. */
export async function firstPolicyTree(ids: readonly string[]): Promise<PolicyTree | null> {
  for (const id of ids) {
    try {
      return await targetPolicyTree(id);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
    }
  }
  return null;
}
