import { join } from "node:path";
import { toolchainFolder } from "../toolchain/cache-folders.ts";
import { movedOn, readArchiveVersion, unpackedParser } from "../toolchain/archive-version.ts";
import { featuresInRoot } from "../toolchain/obtain.ts";
import { readStamp, toolchainRecipe, type Stamp } from "../toolchain/stamp.ts";
import { kernelFeatures, knowsUnixSockets } from "./kernel-features.ts";
import { treeHash } from "../toolchain/tree-hash.ts";
import { readPolicyTree, type PolicyTree } from "./policy-tree.ts";
import type { LoadedTarget } from "./target-data.ts";
import type { ResolvedTarget } from "./usable-target.ts";

/** Policy trees of finished toolchains never change: a stamp's tree is read once. */
const knownTrees = new Map<string, Promise<PolicyTree>>();

/** A target with a data file, as it stands in the cache: usable where its toolchain is whole and up to date. */
export async function resolveToolchainTarget(loaded: LoadedTarget, cache: string): Promise<ResolvedTarget> {
  const { id, label, parser, kernel } = loaded.data;
  const folder = toolchainFolder(id, cache);
  const [stamp, recipe] = await Promise.all([readStamp(folder), toolchainRecipe(loaded)]);
  const about = { id, label, kind: "release", parserVersion: parser.version, kernelVersion: kernel.version } as const;
  if (stamp?.recipe !== recipe) {
    const why = stamp ? "its toolchain was made from an older description" : "its toolchain is not here yet";
    return {
      usable: false,
      target: { ...about, reason: "toolchain_missing", why: `${why}; \`npm run toolchains ${id}\` fetches it` },
    };
  }
  const root = join(folder, "root");
  if (!(await isWhole(stamp, root))) {
    const why = `its toolchain is damaged; \`npm run toolchains ${id}\` fetches it anew`;
    return { usable: false, target: { ...about, reason: "toolchain_missing", why } };
  }
  const policyFolder = join(root, "etc/apparmor.d");
  const features = await kernelFeatures(join(root, featuresInRoot));
  const version = unpackedParser(loaded.data, stamp) ?? parser.version;
  return {
    usable: true,
    target: {
      ...about,
      parserVersion: version,
      notes: movedOn(loaded.data, version, await readArchiveVersion(folder)),
      root,
      program: parser.program,
      policyFolder,
      isThisMachine: false,
      features,
      featuresFile: null,
      knowsUnixSockets: knowsUnixSockets(features),
      policy: await knownTree(stamp, policyFolder),
      key: `${id} ${stamp.recipe} ${stamp.tree}`,
    },
  };
}

/** Toolchains that were found as their stamps say; looked at once by each process. */
const knownWhole = new Map<string, Promise<boolean>>();

/** A broken or meddled-with toolchain would give verdicts that are none. */
function isWhole(stamp: Stamp, root: string): Promise<boolean> {
  const key = `${root} ${stamp.tree}`;
  const answer =
    knownWhole.get(key) ??
    treeHash(root).then(
      (tree) => tree === stamp.tree,
      () => false,
    );
  knownWhole.set(key, answer);
  // One that is damaged may be fetched anew while we run.
  void answer.then((whole) => whole || knownWhole.delete(key));
  return answer;
}

function knownTree(stamp: Stamp, folder: string): Promise<PolicyTree> {
  const key = `${folder} ${stamp.tree}`;
  const tree = knownTrees.get(key) ?? readPolicyTree(folder);
  knownTrees.set(key, tree);
  // A failure may pass (a toolchain being replaced right now): only a tree that was read is kept.
  tree.catch(() => knownTrees.delete(key));
  return tree;
}
