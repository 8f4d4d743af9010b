import { isPolicyFileName, viewFile, type FileView, type IncludeView } from "../design/index.ts";
import type { PolicyTree } from "./policy-tree.ts";

/** A policy file that includes can reach, and whose it is. */
export interface PolicyFile {
  /** Below `/etc/apparmor.d`: `abstractions/base`. */
  readonly path: string;
  readonly origin: "design" | "target";
  /** Of a design's file the path in the view is that of the design: `apparmor.d/abstractions/base`. */
  readonly view: FileView;
}

/** The files of a design over those of a target, as they lie beside one another on the machine. */
export interface PolicyFiles {
  readonly tree: PolicyTree | null;
  readonly design: readonly FileView[];
  /** The file at a path below `/etc/apparmor.d`; null where there is none. */
  readonly file: (path: string) => PolicyFile | null;
  /** The paths of the files directly in a folder (`tunables/home.d`); empty where there is none. */
  readonly folder: (path: string) => readonly string[];
  /** Every path, sorted. */
  readonly paths: readonly string[];
}

/** What an include comes to. */
export type IncludeStanding =
  /** It names a file, or a folder of files (which may be empty). */
  | "found"
  /** It names a file below `local/` that the release does not bring: a machine may have it. */
  | "machine"
  /** `if exists`, and it does not. */
  | "absent"
  /** Nothing lies there, and the parser refuses the profile. */
  | "missing"
  /** It may be a file of the target, of which nothing is known now, or lies outside of `/etc/apparmor.d`. */
  | "unknown";

/** Where an include leads: paths below `/etc/apparmor.d`. */
export interface ResolvedInclude {
  readonly standing: IncludeStanding;
  readonly paths: readonly string[];
}

const policyRoot = "/etc/apparmor.d/";
const designFolder = "apparmor.d/";

/** A path below `/etc/apparmor.d` as the design's files are named. */
export function designPathOf(path: string): string {
  return designFolder + path;
}

/** The path below `/etc/apparmor.d` of a file of the design. */
export function installedPath(view: FileView): string {
  return view.path.startsWith(designFolder) ? view.path.slice(designFolder.length) : view.path;
}

/** Views of a tree's files, each made when it is asked for. */
const treeViews = new WeakMap<PolicyTree, Map<string, FileView>>();

/** The typed view of a file of a target's tree; null where there is none. Made once for each tree. */
export function treeFileView(tree: PolicyTree, path: string): FileView | null {
  const text = tree.files.get(path);
  if (text === undefined) return null;
  const views = treeViews.get(tree) ?? new Map<string, FileView>();
  treeViews.set(tree, views);
  const known = views.get(path);
  if (known !== undefined) return known;
  const view = viewFile(path, text);
  views.set(path, view);
  return view;
}

/**
 * The design's files laid over a target's. A design takes no place of the target's own: where both have a path, the target's
 * file counts; only on this machine itself, whose tree may hold an earlier state of the design, the design's does. Files
 * below `local/` are the machine's. Cost of a call: linear in the number of files; views of the tree are made when asked for.
 */
export function policyFiles(design: readonly FileView[], tree: PolicyTree | null): PolicyFiles {
  const own = new Map(
    design.flatMap((view): [string, PolicyFile][] => {
      const path = installedPath(view);
      return path === view.path || path.startsWith("local/") ? [] : [[path, { path, origin: "design", view }]];
    }),
  );
  const designFirst = tree?.target === "host";
  const ofTarget = (path: string): PolicyFile | null => {
    const view = tree === null ? null : treeFileView(tree, path);
    return view === null ? null : { path, origin: "target", view };
  };
  const file = (path: string): PolicyFile | null =>
    designFirst ? (own.get(path) ?? ofTarget(path)) : (ofTarget(path) ?? own.get(path) ?? null);
  const paths = [...new Set([...own.keys(), ...(tree?.files.keys() ?? [])])].toSorted();
  const folders = Map.groupBy(paths, (path) => path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  return { tree, design, file, paths, folder: (path) => folders.get(path.replace(/\/+$/u, "")) ?? [] };
}

/** Where an include leads among the files; a folder stands for the files in it that the parser takes. */
export function resolveAmong(
  include: Pick<IncludeView, "path" | "magic" | "ifExists">,
  files: PolicyFiles,
): ResolvedInclude {
  const path = pathInPolicy(include);
  if (path === null) return { standing: "unknown", paths: [] };
  if (files.file(path) !== null) return { standing: "found", paths: [path] };
  const inside = files.folder(path);
  if (inside.length > 0) {
    return {
      standing: "found",
      paths: inside.filter((each) => isPolicyFileName(each.slice(each.lastIndexOf("/") + 1))),
    };
  }
  if (path.startsWith("local/")) return { standing: "machine", paths: [] };
  if (include.ifExists) return { standing: files.tree === null ? "unknown" : "absent", paths: [] };
  // A tree tells of files only: a folder may be there and empty.
  const known = files.tree !== null && !/(?:\.d|\/)$/u.test(path);
  return { standing: known ? "missing" : "unknown", paths: [] };
}

/** The path below `/etc/apparmor.d` that an include names; null for a place outside of it. */
function pathInPolicy({ path, magic }: Pick<IncludeView, "path" | "magic">): string | null {
  if (path === "") return null;
  if (path.startsWith(policyRoot)) return path.slice(policyRoot.length);
  if (path.startsWith("/")) return null;
  // A relative path counts from the parser's working folder, which is the policy's where a bundle installs.
  return magic ? path : path.replace(/^\.\//u, "");
}
