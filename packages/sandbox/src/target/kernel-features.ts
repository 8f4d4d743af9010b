import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const known = new Map<string, Promise<string>>();

/**
 * The text of kernel features in a finished toolchain or data file, which never change once they are made. Features are
 * one file, or folders as the kernel shows them; those are written as such a file has them.
 */
export function kernelFeatures(path: string): Promise<string> {
  const text = known.get(path) ?? readFeatures(path);
  known.set(path, text);
  text.catch(() => known.delete(path));
  return text;
}

/** Whether a kernel with these features tells single unix sockets apart. */
export function knowsUnixSockets(features: string): boolean {
  return /\baf_unix\b/.test(features);
}

async function readFeatures(path: string): Promise<string> {
  const status = await stat(path);
  if (!status.isDirectory()) return readFile(path, "utf8");
  const names = (await readdir(path)).toSorted();
  const parts = await Promise.all(names.map(async (name) => `${name} {${await readFeatures(join(path, name))}}\n`));
  return parts.join("");
}
