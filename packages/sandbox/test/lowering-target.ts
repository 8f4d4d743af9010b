import { readFileSync } from "node:fs";
import type { LoweringTarget } from "@hauberk/core/lowering";
import type { Sandbox } from "../src/index.ts";
import { featuresPath, loadTargets } from "../src/target/target-data.ts";

/** The releases with their own policy trees and their kernels' features; those that are not usable here are left out. */
export async function loweringTargets(sandbox: Sandbox): Promise<LoweringTarget[]> {
  const loaded = await loadTargets();
  const found: LoweringTarget[] = [];
  for (const { id, usable, parser, kernel } of await sandbox.listTargets()) {
    const data = loaded.find((each) => each.data.id === id);
    const tree = await sandbox.policyTree(id);
    if (!usable || data === undefined || parser === null || kernel === null || tree.kind !== "tree") continue;
    const files = new Map(tree.files.map(({ path, text }) => [path, text]));
    const features = readFileSync(featuresPath(data), "utf8");
    found.push({ id, parserVersion: parser, kernelVersion: kernel, features, policy: { target: id, files } });
  }
  return found;
}
