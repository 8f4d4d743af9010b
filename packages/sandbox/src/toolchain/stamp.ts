import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { featuresPath, type LoadedTarget } from "../target/target-data.ts";

/** Raised whenever the shape of what is obtained changes: older toolchains and corpora are then made anew. */
const layout = 2;

const stampSchema = z.object({
  layout: z.literal(layout),
  /** Hash of the data that the thing was made from. */
  recipe: z.string(),
  architecture: z.string(),
  /** The unpacked packages' versions by name. */
  packages: z.record(z.string(), z.string()),
  /** SHA-256 over the tree as it was finished. */
  tree: z.string(),
});

/** What an obtained toolchain or corpus says of itself, in `stamp.json` beside its tree. Written last. */
export type Stamp = z.infer<typeof stampSchema>;

/** Makes a stamp for a tree just finished. */
export function newStamp(recipe: string, packages: Readonly<Record<string, string>>, tree: string): Stamp {
  return { layout, recipe, architecture: process.arch, packages, tree };
}

/** The stamp of a folder; undefined where there is none or it is of another layout or architecture. */
export async function readStamp(folder: string): Promise<Stamp | undefined> {
  const text = await readFile(join(folder, "stamp.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = stampSchema.safeParse(parseJson(text));
  return parsed.success && parsed.data.architecture === process.arch ? parsed.data : undefined;
}

/** The hash of everything that a target's toolchain is made from. */
export async function toolchainRecipe(target: LoadedTarget): Promise<string> {
  const { parser, archive, packages, keep } = target.data;
  return recipeHash({ parser, archive, packages, keep }, await readFile(featuresPath(target)));
}

/** The hash of everything that a target's corpus is made from. */
export function corpusRecipe(target: LoadedTarget): string {
  return recipeHash({ archive: target.data.archive, corpus: target.data.corpus });
}

/** The hash of everything that a target's sample packages are taken from. */
export function samplesRecipe(target: LoadedTarget): string {
  return recipeHash({ archive: target.data.archive, samples: target.data.samples });
}

/** The hash of data, and of bytes beside it, that something obtained is made from. */
export function recipeHash(data: object, bytes: Buffer = Buffer.alloc(0)): string {
  return createHash("sha256").update(JSON.stringify(data)).update(bytes).digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
