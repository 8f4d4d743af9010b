import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, launcherFolder } from "../src/toolchain/cache-folders.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

/** The root of the container, as `npm run toolchains -- --with-corpus` obtains it. */
const root = join(launcherFolder(), "root");

/** Why there can be no container of the launcher here, or null where there can. */
export const containerProblem = existsSync(root)
  ? null
  : "no root of a container in the cache: `npm run toolchains -- --with-corpus` fetches it";

/** A folder of this machine that is seen in the container. */
export interface Shared {
  readonly folder: string;
  readonly writable?: boolean;
}

/**
 * The command that runs Node in a container like the validator's: a root that can't be written, no network, nobody, no
 * capability, no new privileges. Bubblewrap stands in for the engine, so nothing but the launcher's own root is needed;
 * `scripts/docker.sh` tries the same in a real one.
 */
export function inContainer(
  args: readonly string[],
  shared: readonly Shared[] = [],
  variables: Readonly<Record<string, string>> = {},
): string[] {
  const environment = { PATH: "/usr/bin", LC_ALL: "C", XDG_CACHE_HOME: "/cache", ...variables };
  const fixed = "--unshare-all --unshare-user --uid 65534 --gid 65534 --cap-drop ALL --die-with-parent --new-session";
  return [
    "bwrap",
    ...`${fixed} --clearenv --proc /proc --dev /dev --tmpfs /tmp --dir /etc`.split(" "),
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...readOnly(join(root, "usr"), "/usr"),
    ...links(["bin", "sbin", "lib", "lib64", "policy", ...readdirSync(join(root, "etc")).map((name) => `etc/${name}`)]),
    ...readOnly(join(cacheFolder(), "toolchains"), "/cache/hauberk/toolchains"),
    ...readOnly(checkout),
    ...nodeElsewhere().flatMap((folder) => readOnly(folder)),
    ...shared.flatMap(({ folder, writable }) => (writable === true ? ["--bind", folder, folder] : readOnly(folder))),
    ...`--remount-ro / --chdir / -- ${process.execPath}`.split(" "),
    ...args,
  ];
}

function links(paths: readonly string[]): string[] {
  return paths.flatMap((path) => ["--symlink", readlinkSync(join(root, path)), `/${path}`]);
}

function readOnly(folder: string, at: string = folder): string[] {
  return ["--ro-bind", folder, at];
}

/** The folder of Node, where that is not in the checkout. */
function nodeElsewhere(): string[] {
  const folder = dirname(process.execPath);
  return folder.startsWith(checkout) ? [] : [folder];
}
