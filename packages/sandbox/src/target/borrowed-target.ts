import { createHash } from "node:crypto";
import { join } from "node:path";
import { kernelFeatures, knowsUnixSockets } from "./kernel-features.ts";
import type { CatalogueEntry } from "./target-data.ts";
import { resolveToolchainTarget } from "./toolchain-target.ts";
import type { ResolvedTarget } from "./usable-target.ts";

/** A target made of another one's parser and tree with other kernel features: usable where the other's toolchain is. */
export async function resolveBorrowedTarget(
  { data, folder, root }: Extract<CatalogueEntry, { form: "borrowed" }>,
  cache: string,
): Promise<ResolvedTarget> {
  const { id, label, kind, kernel, note } = data;
  const about = { id, label, kind, kernelVersion: kernel.version };
  const lender = await resolveToolchainTarget(root, cache);
  if (!lender.usable) {
    const { parserVersion, reason, why } = lender.target;
    return {
      usable: false,
      target: { ...about, parserVersion, reason, why: `it uses that of ${root.data.label}: ${why}` },
    };
  }
  const featuresFile =
    "features" in kernel ? join(folder, kernel.features) : join(lender.target.root, kernel.publishedFeatures);
  const features = await kernelFeatures(featuresFile).catch(() => undefined);
  if (features === undefined) {
    const why = `the kernel features that it names, ${featuresFile}, can't be read`;
    return {
      usable: false,
      target: { ...about, parserVersion: lender.target.parserVersion, reason: "target_unusable", why },
    };
  }
  const hash = createHash("sha256").update(features).digest("hex");
  return {
    usable: true,
    target: {
      ...lender.target,
      ...about,
      notes: [note, ...lender.target.notes],
      features,
      featuresFile,
      knowsUnixSockets: knowsUnixSockets(features),
      key: `${id} ${lender.target.key} ${hash}`,
    },
  };
}
