import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const absolutePath = z.string().regex(/^\/[A-Za-z0-9._+/-]+$/, "must be an absolute path of plain characters");
const packageName = z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/, "must be the name of a Debian package");
const suiteName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);
/** Fields of `/etc/os-release` by which an installer knows a release. */
const osRelease = z.record(z.string().regex(/^[A-Z_]+$/), z.string());
/** A feature file, relative to the folder of the data file. */
const featureFile = z.string().regex(/^features\/[A-Za-z0-9._-]+$/, "must be a file of `features/`");

const targetDataSchema = z.strictObject({
  format: z.literal(1),
  id,
  label: z.string().min(1),
  osRelease,
  parser: z.strictObject({
    /** The version that the figures and facts about this target bind to. */
    version: z.string(),
    program: absolutePath,
    configuration: absolutePath,
  }),
  kernel: z.strictObject({ version: z.string(), features: featureFile }),
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

const borrowedDataSchema = z.strictObject({
  format: z.literal(1),
  id,
  label: z.string().min(1),
  /** The target whose parser and policy tree these are. */
  root: id,
  /** `imagined`: no kernel that anybody runs is so. */
  kind: z.enum(["release", "imagined"]),
  kernel: z.union([
    z.strictObject({ version: z.string(), features: featureFile }),
    /** A feature set that the release itself publishes, by its path there. */
    z.strictObject({ version: z.string(), publishedFeatures: absolutePath }),
  ]),
  /** What whoever chooses it must know, a sentence without its full stop. */
  note: z.string().min(1),
});

const approximationDataSchema = z.strictObject({
  format: z.literal(1),
  id,
  label: z.string().min(1),
  osRelease,
  /** The target whose parser is the nearest that can be asked. */
  nearest: id,
  /** What the release ships, for people. */
  parser: z.strictObject({ version: z.string() }),
  kernel: z.strictObject({ version: z.string() }),
});

/** A release to ship to, as its data file in `toolchains/` describes it. */
export type TargetData = z.infer<typeof targetDataSchema>;

/** A target made of another one's parser and policy tree with other kernel features. */
export type BorrowedData = z.infer<typeof borrowedDataSchema>;

/** A release of which no feature file is here: another target's parser tells what it thinks of the syntax. */
export type ApproximationData = z.infer<typeof approximationDataSchema>;

/** A data file of a target with a toolchain of its own, and the folder that its relative paths count from. */
export interface LoadedTarget {
  readonly data: TargetData;
  readonly folder: string;
}

/** A data file as it was read, with the target that it rests on. */
export type CatalogueEntry =
  | { readonly form: "release"; readonly data: TargetData; readonly own: LoadedTarget }
  | { readonly form: "borrowed"; readonly data: BorrowedData; readonly folder: string; readonly root: LoadedTarget }
  | { readonly form: "approximation"; readonly data: ApproximationData; readonly nearest: LoadedTarget };

/** The folder of the repository that holds one data file a target. */
export const toolchainsFolder = fileURLToPath(new URL("../../../../toolchains", import.meta.url));

/**
 * Reads every `*.json` of a folder, sorted by id. Throws an error that names the file and the field where one is not
 * as the schema says: these files are ours, so a wrong one is a broken build, not a user's mistake.
 */
export async function loadCatalogue(folder: string = toolchainsFolder): Promise<CatalogueEntry[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const read = await Promise.all(names.map((name) => readData(folder, name)));
  const releases = new Map(read.flatMap((one) => (one.form === "release" ? [[one.data.id, one.own] as const] : [])));
  const releaseOf = (owner: string, named: string): LoadedTarget => {
    const found = releases.get(named);
    if (!found)
      throw new Error(`${join(folder, `${owner}.json`)} rests on ${named}, which has no toolchain of its own`);
    return found;
  };
  return read
    .map((one): CatalogueEntry => {
      if (one.form === "release") return one;
      if (one.form === "borrowed") return { ...one, root: releaseOf(one.data.id, one.data.root) };
      return { ...one, nearest: releaseOf(one.data.id, one.data.nearest) };
    })
    .toSorted((a, b) => (a.data.id < b.data.id ? -1 : 1));
}

/** The targets of a folder that have a toolchain of their own to obtain, sorted by id. */
export async function loadTargets(folder: string = toolchainsFolder): Promise<LoadedTarget[]> {
  const catalogue = await loadCatalogue(folder);
  return catalogue.flatMap((entry) => (entry.form === "release" ? [entry.own] : []));
}

type ReadData =
  | { readonly form: "release"; readonly data: TargetData; readonly own: LoadedTarget }
  | { readonly form: "borrowed"; readonly data: BorrowedData; readonly folder: string }
  | { readonly form: "approximation"; readonly data: ApproximationData };

/** What a data file holds tells its form: one with `root` borrows, one with `nearest` has nothing of its own. */
async function readData(folder: string, name: string): Promise<ReadData> {
  const path = join(folder, name);
  const json: unknown = JSON.parse(await readFile(path, "utf8"));
  const has = (key: string): boolean => typeof json === "object" && json !== null && key in json;
  if (has("root")) return { form: "borrowed", data: parsed(path, name, borrowedDataSchema, json), folder };
  if (has("nearest")) return { form: "approximation", data: parsed(path, name, approximationDataSchema, json) };
  const data = parsed(path, name, targetDataSchema, json);
  return { form: "release", data, own: { data, folder } };
}

function parsed<T extends { readonly id: string }>(path: string, name: string, schema: z.ZodType<T>, json: unknown): T {
  const outcome = schema.safeParse(json);
  if (!outcome.success) throw new Error(`${path} does not describe a target:\n${z.prettifyError(outcome.error)}`);
  if (`${outcome.data.id}.json` !== name)
    throw new Error(`${path} must be named after its id, ${outcome.data.id}.json`);
  return outcome.data;
}

/** The absolute path of a target's kernel feature file. */
export function featuresPath(target: LoadedTarget): string {
  return join(target.folder, target.data.kernel.features);
}
