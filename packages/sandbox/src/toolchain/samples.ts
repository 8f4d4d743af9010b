import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedTarget } from "../target/target-data.ts";
import { withDownloadedPackages } from "./apt-session.ts";
import { cacheFolder, samplesFolder } from "./cache-folders.ts";
import { makeInPlace, type ObtainOptions } from "./obtain.ts";
import { newStamp, readStamp, samplesRecipe } from "./stamp.ts";
import { treeHash } from "./tree-hash.ts";

/**
 * Sees to it that a target's sample packages lie in the cache as they were downloaded. Throws `ToolchainError` where they
 * can't be had; whoever only tries drafts can go on without them.
 */
export async function obtainSamples(target: LoadedTarget, options: Omit<ObtainOptions, "withCorpus">): Promise<void> {
  const { id, samples, archive } = target.data;
  if (samples.length === 0) return;
  const place = samplesFolder(id, options.cache ?? cacheFolder());
  const recipe = samplesRecipe(target);
  if (!options.force && (await readStamp(place))?.recipe === recipe) {
    options.say(`the sample packages are in ${place} already`);
    return;
  }
  await withDownloadedPackages(
    archive,
    samples,
    options.say,
    async (packages) => {
      await makeInPlace(place, async (partial) => {
        const folder = join(partial, "packages");
        await mkdir(folder, { recursive: true });
        for (const { file, name } of packages) await copyFile(file, join(folder, `${name}.deb`));
        const versions = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
        const stamp = newStamp(recipe, versions, await treeHash(folder));
        await writeFile(join(partial, "stamp.json"), `${JSON.stringify(stamp, null, 2)}\n`);
      });
      options.say(`the sample packages are in ${place}`);
    },
    true,
  );
}
