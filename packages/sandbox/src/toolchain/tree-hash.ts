import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/**
 * SHA-256, in hexadecimal digits, over every path, link target and byte below a folder, in the order of the paths.
 * Times and owners do not count.
 */
export async function treeHash(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  const hash = createHash("sha256");
  // Some hundred small files: read together, taken in their order.
  const parts = await Promise.all(names.map((name) => describe(folder, name)));
  for (const part of parts.flat()) hash.update(part);
  return hash.digest("hex");
}

async function describe(folder: string, name: string): Promise<(string | Buffer)[]> {
  const path = join(folder, name);
  const status = await lstat(path);
  if (status.isSymbolicLink()) return [`link ${JSON.stringify([name, await readlink(path)])}\n`];
  if (status.isDirectory()) return [`folder ${JSON.stringify(name)}\n`];
  if (!status.isFile()) return [];
  return [`file ${JSON.stringify([name, status.size])}\n`, await readFile(path)];
}
