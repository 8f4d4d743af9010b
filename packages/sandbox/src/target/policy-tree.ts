import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";

/** What lies in a target's `/etc/apparmor.d`: each path below it, without a leading slash, and what it is. */
export interface PolicyTree {
  readonly entries: ReadonlyMap<string, "file" | "folder">;
  /** The names in each folder; the tree's own top is the empty path. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Files that belong to nobody's package, which a design may take the place of: what an earlier bundle installed. */
  readonly replaceable: ReadonlySet<string>;
}

/** Reads a policy tree; a link counts as what it leads to, and one that leads nowhere as a file. */
export async function readPolicyTree(
  folder: string,
  isReplaceable: (path: string) => boolean = () => false,
): Promise<PolicyTree> {
  const entries = new Map<string, "file" | "folder">();
  const folders = new Map<string, string[]>([["", []]]);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const parent = relative(folder, entry.parentPath);
    const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
    const isFolder = entry.isSymbolicLink() ? await leadsToFolder(join(folder, path)) : entry.isDirectory();
    entries.set(path, isFolder ? "folder" : "file");
    namesIn(folders, parent).push(entry.name);
    if (isFolder) namesIn(folders, path);
  }
  const files = [...entries].filter(([, kind]) => kind === "file").map(([path]) => path);
  return { entries, folders, replaceable: new Set(files.filter(isReplaceable)) };
}

function namesIn(folders: Map<string, string[]>, path: string): string[] {
  const names = folders.get(path) ?? [];
  folders.set(path, names);
  return names;
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
