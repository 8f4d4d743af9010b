import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DesignFileBody } from "@hauberk/contract";
import type { PolicyTree } from "../target/policy-tree.ts";
import { placeLink } from "./tree-links.ts";

/** Where a run sees the target's policy tree as it is; its `/etc/apparmor.d` is the job tree, which links there. */
export const policyMount = "/policy";

/** Where a run sees the job tree. */
export const jobMount = "/etc/apparmor.d";

/** The folder of a design that mirrors `/etc/apparmor.d`. */
const designFolder = "apparmor.d/";

/** A design file that can't lie in the target's tree: which, and a sentence for a person. */
export interface TreeClash {
  readonly path: string;
  readonly message: string;
}

/** A design merged into a target's policy tree. Paths count from `/etc/apparmor.d`. */
export interface JobTree {
  readonly folders: readonly string[];
  readonly links: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The place of a design's file below `/etc/apparmor.d`: `abstractions/x` for `apparmor.d/abstractions/x`. */
export function installPath(designPath: string): string {
  return designPath.startsWith(designFolder) ? designPath.slice(designFolder.length) : designPath;
}

/**
 * Lays a design's files into a target's policy tree: folders of both are merged, all else of the target stays as it is.
 * A design takes no place of the target's own, and none below `local/`, which belongs to the machine. `emptyFiles` are
 * paths below `/etc/apparmor.d`, free in the target, that get an empty file each.
 */
export function mergeIntoTree(
  policy: PolicyTree,
  files: readonly DesignFileBody[],
  emptyFiles: readonly string[] = [],
): { readonly ok: true; readonly tree: JobTree } | { readonly ok: false; readonly clashes: readonly TreeClash[] } {
  const clashes = files.flatMap((file) => clashOf(policy, file.path) ?? []);
  if (clashes.length > 0) return { ok: false, clashes };
  const placed = [
    ...files.map((file) => ({ path: installPath(file.path), text: file.text })),
    ...emptyFiles.map((path) => ({ path, text: "" })),
  ];
  const taken = new Set(placed.map((file) => file.path));
  const folders = new Set(placed.flatMap((file) => foldersAbove(file.path)));
  const links = ["", ...folders].flatMap((folder) =>
    (policy.folders.get(folder) ?? [])
      .map((name) => (folder === "" ? name : `${folder}/${name}`))
      .filter((path) => !folders.has(path) && !taken.has(path)),
  );
  return { ok: true, tree: { folders: [...folders], links, files: placed } };
}

function clashOf(policy: PolicyTree, designPath: string): TreeClash | undefined {
  const path = installPath(designPath);
  if (path === "local" || path.startsWith("local/")) {
    return { path: designPath, message: "`local/` belongs to the machine that a profile is installed on." };
  }
  const own = policy.entries.get(path);
  if (own === "folder") {
    return { path: designPath, message: `The target has a folder at \`/etc/apparmor.d/${path}\`.` };
  }
  if (own === "file" && !policy.replaceable.has(path)) {
    return {
      path: designPath,
      message: `The target has its own \`/etc/apparmor.d/${path}\`, which this file would replace. Give it another name.`,
    };
  }
  const blocked = foldersAbove(path).find((folder) => policy.entries.get(folder) === "file");
  if (blocked === undefined) return undefined;
  return { path: designPath, message: `The target has a file at \`/etc/apparmor.d/${blocked}\`, not a folder.` };
}

/** Writes a job tree into an empty folder. */
export async function writeJobTree(tree: JobTree, folder: string): Promise<void> {
  await layJobTree(tree, folder);
  writeJobFiles(tree, folder);
}

/** The part of a job tree that no text is needed for: its folders, and what is the target's as links to where the run sees it. */
export async function layJobTree(tree: JobTree, folder: string): Promise<void> {
  for (const path of tree.folders) await mkdir(join(folder, path), { recursive: true });
  for (const path of tree.links) placeLink(`${policyMount}/${path}`, join(folder, path));
}

/** The rest of it. At once: most designs are a few small files, and each turn of the event loop takes longer. */
export function writeJobFiles(tree: JobTree, folder: string): void {
  for (const { path, text } of tree.files) writeFileSync(join(folder, path), text, { flag: "wx" });
}

/** `a`, `a/b` for `a/b/c`. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(path); at !== "."; at = dirname(at)) folders.unshift(at);
  return folders;
}
