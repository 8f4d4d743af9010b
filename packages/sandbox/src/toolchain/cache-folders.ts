import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The user's cache folder of Hauberk, by the XDG base directory specification. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const configured = environment["XDG_CACHE_HOME"];
  // The specification says that a relative path there is invalid and to be ignored.
  const base = configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), ".cache");
  return join(base, "hauberk");
}

/** Where a target's toolchain lies once obtained. */
export function toolchainFolder(id: string, cache: string = cacheFolder()): string {
  return join(cache, "toolchains", id);
}

/** Where the packaged profiles of a target lie once obtained, as a tree with `etc/apparmor.d` in it. */
export function corpusFolder(id: string, cache: string = cacheFolder()): string {
  return join(cache, "corpus", id);
}

/** Where whole packages lie from which drafts are tried, as `packages/NAME.deb`. */
export function samplesFolder(id: string, cache: string = cacheFolder()): string {
  return join(cache, "samples", id);
}

/** Where the root of a container in which the launcher works lies once obtained, as `root`. */
export function launcherFolder(cache: string = cacheFolder()): string {
  return join(cache, "launcher");
}

/** Where the root of a container that stands beside the service lies once obtained, as `root`. */
export function serviceFolder(name: string, cache: string = cacheFolder()): string {
  return join(cache, "services", name);
}
