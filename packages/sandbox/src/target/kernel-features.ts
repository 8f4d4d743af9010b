import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { featuresInRoot } from "../toolchain/obtain.ts";

const known = new Map<string, Promise<boolean>>();

/** Whether the kernel features in a finished root tell single unix sockets apart. A root never changes once it is made. */
export function knowsUnixSockets(root: string): Promise<boolean> {
  const answer = known.get(root) ?? hasUnixSockets(join(root, featuresInRoot));
  known.set(root, answer);
  answer.catch(() => known.delete(root));
  return answer;
}

/** Features are one text, or folders as the kernel shows them. */
async function hasUnixSockets(features: string): Promise<boolean> {
  const status = await stat(features).catch(() => undefined);
  if (status?.isFile()) return /\baf_unix\b/.test(await readFile(features, "utf8"));
  if (!status?.isDirectory()) return false;
  const names = await readdir(features, { recursive: true });
  return names.some((name) => name.endsWith("/af_unix"));
}
