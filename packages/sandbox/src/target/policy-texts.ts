import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { constants, open, realpath, type FileHandle } from "node:fs/promises";
import { join, sep } from "node:path";
import { targetPolicyLimits } from "@hauberk/contract";
import type { PolicyTree } from "./policy-tree.ts";
import type { UsableTarget } from "./usable-target.ts";

/** A file of a policy tree; `path` below `/etc/apparmor.d`. */
export interface PolicyTreeFile {
  readonly path: string;
  readonly text: string;
}

/** The texts of a target's policy tree. */
export interface PolicyTexts {
  readonly target: string;
  /** The parser's version. */
  readonly parser: string;
  /** Sorted by path. */
  readonly files: readonly PolicyTreeFile[];
  /** Paths of files that are too large, no text, or links that lead out of the tree. */
  readonly leftOut: readonly string[];
  /** SHA-256 over all of this. */
  readonly hash: string;
}

/** A target's policy tree, or why it can't be had: a sentence that says what to do. */
export type PolicyTreeAnswer =
  | ({ readonly kind: "tree" } & PolicyTexts)
  | { readonly kind: "unknown" | "unusable"; readonly why: string };

/** Texts of trees that were read; a finished toolchain's tree is one object for as long as it is the same. */
const knownTexts = new WeakMap<PolicyTree, Promise<PolicyTexts>>();

/** The texts of a target's policy tree, within the limits of the contract. Links are followed only inside the tree. */
export function policyTexts(target: UsableTarget): Promise<PolicyTexts> {
  const known = knownTexts.get(target.policy);
  if (known) return known;
  const texts = readTexts(target);
  knownTexts.set(target.policy, texts);
  texts.catch(() => knownTexts.delete(target.policy));
  return texts;
}

async function readTexts({ id, parserVersion, policy, policyFolder }: UsableTarget): Promise<PolicyTexts> {
  const home = await realpath(policyFolder);
  const paths = [...policy.entries].flatMap(([path, kind]) => (kind === "file" ? [path] : [])).toSorted();
  const files: PolicyTreeFile[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    const room = Math.min(targetPolicyLimits.fileBytes, targetPolicyLimits.bytes - bytes);
    const content = files.length < targetPolicyLimits.files ? await readInside(home, path, room) : null;
    if (content === null) leftOut.push(path);
    else {
      bytes += content.length;
      files.push({ path, text: content.toString("utf8") });
    }
  }
  const about = { target: id, parser: parserVersion, files, leftOut };
  return { ...about, hash: createHash("sha256").update(JSON.stringify(about)).digest("hex") };
}

/** A text that lies inside the folder; null for what leads out of it, is too large, or no text. */
async function readInside(home: string, path: string, room: number): Promise<Buffer | null> {
  const place = await realpath(join(home, path)).catch(() => null);
  if (place === null || !place.startsWith(home + sep)) return null;
  // A pipe must not hold us up, and what has become a link since is not followed.
  const file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(() => null);
  try {
    return file === null ? null : await readWhole(file, room);
  } catch {
    return null;
  } finally {
    await file?.close();
  }
}

async function readWhole(file: FileHandle, room: number): Promise<Buffer | null> {
  const status = await file.stat();
  if (!status.isFile() || status.size > room) return null;
  const content = await file.readFile();
  return content.length <= room && isUtf8(content) ? content : null;
}
