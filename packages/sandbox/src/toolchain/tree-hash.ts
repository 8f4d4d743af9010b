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
  for (const name of names) {
    const path = join(folder, name);
    const status = await lstat(path);
    if (status.isSymbolicLink()) hash.update(`link ${JSON.stringify([name, await readlink(path)])}\n`);
    else if (status.isDirectory()) hash.update(`folder ${JSON.stringify(name)}\n`);
    else if (status.isFile()) {
      hash.update(`file ${JSON.stringify([name, status.size])}\n`);
      hash.update(await readFile(path));
    }
  }
  return hash.digest("hex");
}
