import { stat } from "node:fs/promises";
import type { LoadedTarget } from "../target/target-data.ts";
import { versionInArchive } from "./apt-session.ts";
import { movedOn, unpackedParser, upstreamVersion, writeArchiveVersion } from "./archive-version.ts";
import { cacheFolder, toolchainFolder } from "./cache-folders.ts";
import { readStamp } from "./stamp.ts";

/**
 * Asks a target's archive which parser it has now, says whether the release has moved on, and keeps that beside the
 * toolchain, so that the target itself says it from then on. Throws `ToolchainError` where the archive can't be asked.
 */
export async function askArchive(
  { data }: LoadedTarget,
  say: (line: string) => void,
  cache: string = cacheFolder(),
): Promise<void> {
  const folder = toolchainFolder(data.id, cache);
  const [name = "apparmor"] = data.packages;
  const debian = await versionInArchive(data.archive, name, say);
  const stamp = await readStamp(folder);
  const unpacked = stamp && unpackedParser(data, stamp);
  if ((await stat(folder).catch(() => undefined)) !== undefined) await writeArchiveVersion(folder, debian);
  const notes = movedOn(data, unpacked ?? data.parser.version, upstreamVersion(debian));
  say(`the archive has ${name} ${debian}`);
  for (const note of notes) say(`${note}.`);
}
