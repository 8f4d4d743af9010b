import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const absolutePath = z.string().regex(/^\/[A-Za-z0-9._+/-]+$/, "must be an absolute path of plain characters");
const packageName = z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/, "must be the name of a Debian package");
const suiteName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const targetDataSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  label: z.string().min(1),
  /** Fields of `/etc/os-release` by which an installer knows this release. */
  osRelease: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
  parser: z.strictObject({
    /** The version that the figures and facts about this target bind to. */
    version: z.string(),
    program: absolutePath,
    configuration: absolutePath,
  }),
  /** `features`: relative to the folder of the data file. */
  kernel: z.strictObject({ version: z.string(), features: z.string().regex(/^features\/[A-Za-z0-9._-]+$/) }),
  archive: z.strictObject({
    distribution: z.enum(["debian"]),
    suite: suiteName,
    /** Taken too where the machine's own configuration names suites of the same kind. */
    furtherSuites: z.array(suiteName),
    components: z.array(z.string().regex(/^[a-z][a-z-]*$/)).min(1),
    /** Name of the file below `/usr/share/keyrings` that signs the archive, without its ending. */
    keyring: z.string().regex(/^[a-z][a-z-]*$/),
  }),
  /** Installed nowhere, only unpacked; apt adds what they depend on. */
  packages: z.array(packageName).min(1),
  /** What stays of the unpacked tree beside the parser and its libraries. */
  keep: z.array(absolutePath),
  /** The packages whose profiles are the test corpus. */
  corpus: z.array(packageName),
  /** Packages of daemons from which drafts are tried; they are kept whole, and nothing of them is unpacked. */
  samples: z.array(packageName),
});

/** A release to ship to, as its data file in `toolchains/` describes it. */
export type TargetData = z.infer<typeof targetDataSchema>;

/** A data file, and the folder that its relative paths count from. */
export interface LoadedTarget {
  readonly data: TargetData;
  readonly folder: string;
}

/** The folder of the repository that holds one data file a target. */
export const toolchainsFolder = fileURLToPath(new URL("../../../../toolchains", import.meta.url));

/**
 * Reads every `*.json` of a folder, sorted by id. Throws an error that names the file and the field where one is not
 * as the schema says: these files are ours, so a wrong one is a broken build, not a user's mistake.
 */
export async function loadTargets(folder: string = toolchainsFolder): Promise<LoadedTarget[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const targets = await Promise.all(names.map((name) => loadTarget(folder, name)));
  return targets.toSorted((a, b) => (a.data.id < b.data.id ? -1 : 1));
}

async function loadTarget(folder: string, name: string): Promise<LoadedTarget> {
  const path = join(folder, name);
  const parsed = targetDataSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!parsed.success) throw new Error(`${path} does not describe a target:\n${z.prettifyError(parsed.error)}`);
  if (`${parsed.data.id}.json` !== name) throw new Error(`${path} must be named after its id, ${parsed.data.id}.json`);
  return { data: parsed.data, folder };
}

/** The absolute path of a target's kernel feature file. */
export function featuresPath(target: LoadedTarget): string {
  return join(target.folder, target.data.kernel.features);
}
