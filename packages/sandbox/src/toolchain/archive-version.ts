import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { TargetData } from "../target/target-data.ts";
import type { Stamp } from "./stamp.ts";

/** What the archive had when it was last asked; beside a toolchain's tree, in a file of its own. */
const archiveSchema = z.object({ parser: z.string() });
const fileName = "archive.json";

/** The upstream version in a Debian one: `5.0.2` for `1:5.0.2-5`. */
export function upstreamVersion(debian: string): string {
  return debian.replace(/^\d+:/, "").replace(/-[^-]*$/, "");
}

/** The version of the parser in an unpacked toolchain; the described one where it is that or a part of it (`4.1.0~beta5`). */
export function unpackedParser(data: TargetData, { packages }: Pick<Stamp, "packages">): string | undefined {
  const debian = packages[data.packages[0] ?? ""];
  return debian === undefined ? undefined : asDescribed(data, upstreamVersion(debian));
}

function asDescribed({ parser }: TargetData, version: string): string {
  return version.startsWith(`${parser.version}~`) ? parser.version : version;
}

/** Keeps what the archive was seen to have, for those who look at the toolchain later. */
export async function writeArchiveVersion(folder: string, debian: string): Promise<void> {
  await writeFile(join(folder, fileName), `${JSON.stringify({ parser: upstreamVersion(debian) })}\n`);
}

/** What the archive had when it was last asked; undefined where it never was. */
export async function readArchiveVersion(folder: string): Promise<string | undefined> {
  try {
    return archiveSchema.parse(JSON.parse(await readFile(join(folder, fileName), "utf8"))).parser;
  } catch {
    return undefined;
  }
}

/**
 * Facts bind to the parser's version: what must be said where the unpacked parser is another one than was described, or
 * the archive has another one by now. Sentences without their full stops.
 */
export function movedOn(data: TargetData, unpacked: string, archive: string | undefined): string[] {
  const { id, label, parser } = data;
  const measured = `what Hauberk tells of ${label} was measured with ${parser.version}`;
  const notes: string[] = [];
  if (unpacked !== parser.version) {
    notes.push(`${label} has moved on: its verdicts are of apparmor_parser ${unpacked}, while ${measured}`);
  }
  if (archive !== undefined && asDescribed(data, archive) !== unpacked) {
    notes.push(
      `${label} has moved on to apparmor_parser ${archive}: its verdicts here are still of ${unpacked}; ` +
        `\`npm run toolchains -- ${id} --force\` fetches the newer one` +
        (unpacked === parser.version ? `, though ${measured}` : ""),
    );
  }
  return notes;
}
