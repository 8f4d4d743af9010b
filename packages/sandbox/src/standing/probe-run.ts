import type { DesignFileBody } from "@hauberk/contract";
import type { Probe } from "@hauberk/core/standing";
import { runConfined, type ConfinedResult, type ConfinementTools } from "../confinement/confined-run.ts";
import type { RunLimits } from "../confinement/limits.ts";
import { makeJobFolder, removeJobFolder } from "../job/job-folders.ts";
import { jobMount, mergeIntoTree, writeJobTree, type JobTree } from "../job/job-tree.ts";
import { machineFiles } from "../job/machine-files.ts";
import { designViews } from "../messages/design-views.ts";
import type { UsableTarget } from "../target/usable-target.ts";
import { featuresInRoot } from "../toolchain/obtain.ts";
import { parserRun, type RunCall } from "../verdict/judge.ts";
import type { ProbeFile } from "./probe-files.ts";

/** Runs a target's parser on files of probes, which lie beside the files of the design. */
export async function runProbes(
  tools: ConfinementTools,
  target: UsableTarget,
  design: readonly DesignFileBody[],
  probes: { readonly files: readonly ProbeFile[]; readonly features: Probe["features"] },
  limits: RunLimits,
  { signal, pace }: RunCall,
): Promise<ConfinedResult> {
  const folder = await makeJobFolder();
  try {
    await writeJobTree(jobTree(target, design, probes.files), folder);
    const run = parserRun(
      target,
      folder,
      probes.files.map(({ name }) => `${jobMount}/${name}`),
    );
    const [program, ...options] = run.argv;
    const own = probes.features === "kernel" ? [`--override-policy-abi=${featuresInRoot}`] : [];
    return await runConfined(tools, { ...run, argv: [program, ...own, ...options], limits }, signal, pace);
  } finally {
    await removeJobFolder(folder);
  }
}

function jobTree(target: UsableTarget, design: readonly DesignFileBody[], probes: readonly ProbeFile[]): JobTree {
  const files = probes.map(({ name, text }) => ({ path: `apparmor.d/${name}`, text }));
  // Most probes name nothing but an abi, and a link to each file of the target takes its time.
  if (!probes.some(({ probes: [first] }) => first?.probe.preamble.includes("include"))) {
    const merged = mergeIntoTree(target.policy, [...design.filter(isAbi), ...files]);
    if (merged.ok) return { ...merged.tree, links: merged.tree.links.filter((path) => /^abi(?:\/|$)/u.test(path)) };
  }
  const mayNeedLocal = design.filter((file) => file.text.includes("local/"));
  const { paths } = machineFiles(target, designViews(mayNeedLocal));
  const merged = mergeIntoTree(target.policy, [...design, ...files], paths);
  if (merged.ok) return merged.tree;
  // What can't lie in the target's tree is told by the verdict; rules stand without it.
  const clashing = new Set(merged.clashes.map(({ path }) => path));
  const again = mergeIntoTree(target.policy, [...design.filter(({ path }) => !clashing.has(path)), ...files], paths);
  return again.ok ? again.tree : { folders: [], links: [], files: [] };
}

function isAbi({ path }: DesignFileBody): boolean {
  return path.startsWith("apparmor.d/abi/");
}
