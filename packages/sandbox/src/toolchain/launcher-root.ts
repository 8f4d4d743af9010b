import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { linkOfPlace, runPlaces } from "../confinement/launcher.ts";
import type { TargetData } from "../target/target-data.ts";
import { withDownloadedPackages } from "./apt-session.ts";
import { cacheFolder, launcherFolder } from "./cache-folders.ts";
import { makeMinimalRoot, triplet } from "./minimal-root.ts";
import { makeInPlace, unpack, type ObtainOptions } from "./obtain.ts";
import { newStamp, readStamp, recipeHash } from "./stamp.ts";
import { treeHash } from "./tree-hash.ts";

/** The first release whose setpriv(1) knows Landlock and filters of system calls. */
const archive: TargetData["archive"] = {
  distribution: "debian",
  suite: "trixie",
  furtherSuites: ["trixie-updates", "trixie-security"],
  components: ["main"],
  keyring: "debian-archive-keyring",
};

/** The launcher's programs, and the libraries of Node. */
const packages = ["util-linux", "libcap-ng0", "libsmartcols1", "libc6", "libstdc++6", "libgcc-s1"];
const program = "/usr/bin/setpriv";
const further = [
  "/usr/bin/prlimit",
  ...["libstdc++.so.6", "libdl.so.2", "libpthread.so.0"].map((name) => `/usr/lib/${triplet()}/${name}`),
];

/**
 * Sees to it that the root of a container in which the launcher works lies in the cache: setpriv and prlimit of a Debian
 * that has them, what Node loads, and the links that the launcher needs. Throws `ToolchainError` where it can't be had.
 */
export async function obtainLauncherRoot(options: Omit<ObtainOptions, "withCorpus">): Promise<void> {
  const place = launcherFolder(options.cache ?? cacheFolder());
  const recipe = recipeHash({ archive, packages, program, further, links: runPlaces.map(linkOfPlace) });
  if (!options.force && (await readStamp(place))?.recipe === recipe) {
    options.say(`the root of a container is in ${place} already`);
    return;
  }
  await withDownloadedPackages(
    archive,
    packages,
    options.say,
    async (downloaded, folder) => {
      const source = join(folder, "unpacked");
      for (const one of downloaded) await unpack(one, source);
      await makeInPlace(place, async (partial) => {
        const root = join(partial, "root");
        await makeMinimalRoot({ source, root, program, further, keep: [] });
        await layOutForLauncher(root);
        const versions = Object.fromEntries(downloaded.map(({ name, version }) => [name, version]));
        const stamp = newStamp(recipe, versions, await treeHash(root));
        await writeFile(join(partial, "stamp.json"), `${JSON.stringify(stamp, null, 2)}\n`);
      });
      options.say(`the root of a container is in ${place}`);
    },
    true,
  );
}

/** Makes the links of the launcher in the root of a machine: every run sees its own files at these places. */
export async function layOutForLauncher(root: string): Promise<void> {
  for (const place of runPlaces) {
    await rm(join(root, place), { recursive: true, force: true });
    await mkdir(dirname(join(root, place)), { recursive: true });
    await symlink(linkOfPlace(place), join(root, place));
  }
}
