import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TargetData } from "../target/target-data.ts";
import { withDownloadedPackages } from "./apt-session.ts";
import { cacheFolder, serviceFolder } from "./cache-folders.ts";
import { makeMinimalRoot } from "./minimal-root.ts";
import { makeInPlace, unpack, type ObtainOptions } from "./obtain.ts";
import { newStamp, readStamp, recipeHash } from "./stamp.ts";
import { treeHash } from "./tree-hash.ts";

const archive: TargetData["archive"] = {
  distribution: "debian",
  suite: "trixie",
  furtherSuites: ["trixie-updates", "trixie-security"],
  components: ["main"],
  keyring: "debian-archive-keyring",
};

const postgres = "/usr/lib/postgresql/17";

/** A program that stands beside the service in a container of its own, with what of its packages it needs. */
interface ServiceRoot {
  readonly name: "haproxy" | "postgres";
  readonly packages: readonly string[];
  readonly program: string;
  readonly further: readonly string[];
  readonly keep: readonly string[];
}

const roots: readonly ServiceRoot[] = [
  { name: "haproxy", packages: ["haproxy"], program: "/usr/sbin/haproxy", further: [], keep: [] },
  {
    name: "postgres",
    packages: ["postgresql-17", "postgresql-client-17", "dash", "coreutils"],
    program: `${postgres}/bin/postgres`,
    further: [
      // initdb starts the server by way of a shell; mv and rm are for docker/postgres.sh.
      "/usr/bin/dash",
      "/usr/bin/mv",
      "/usr/bin/rm",
      ...["initdb", "pg_dump", "pg_restore", "psql"].map((name) => `${postgres}/bin/${name}`),
      ...["plpgsql", "dict_snowball"].map((name) => `${postgres}/lib/${name}.so`),
    ],
    keep: ["/usr/share/postgresql/17", "/usr/share/zoneinfo"],
  },
];

/**
 * Sees to it that the roots of the containers beside the service lie in the cache: HAProxy and PostgreSQL, unpacked from
 * Debian's packages and reduced to what they need. Throws `ToolchainError` where one can't be had.
 */
export async function obtainServiceRoots(options: Omit<ObtainOptions, "withCorpus">): Promise<void> {
  for (const root of roots) await obtainServiceRoot(root, options);
}

async function obtainServiceRoot(
  { name, packages, ...parts }: ServiceRoot,
  options: Omit<ObtainOptions, "withCorpus">,
): Promise<void> {
  const place = serviceFolder(name, options.cache ?? cacheFolder());
  const recipe = recipeHash({ archive, packages, ...parts });
  if (!options.force && (await readStamp(place))?.recipe === recipe) {
    options.say(`the root of ${name} is in ${place} already`);
    return;
  }
  await withDownloadedPackages(archive, packages, options.say, async (downloaded, folder) => {
    const source = join(folder, "unpacked");
    for (const one of downloaded) await unpack(one, source);
    await makeInPlace(place, async (partial) => {
      const root = join(partial, "root");
      await makeMinimalRoot({ source, root, ...parts });
      const versions = Object.fromEntries(downloaded.map((one) => [one.name, one.version]));
      const stamp = newStamp(recipe, versions, await treeHash(root));
      await writeFile(join(partial, "stamp.json"), `${JSON.stringify(stamp, null, 2)}\n`);
    });
    options.say(`the root of ${name} is in ${place}`);
  });
}
