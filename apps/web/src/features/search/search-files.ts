import {
  designPolicy,
  joinedPolicy,
  type PolicyTree,
  type SearchedFile,
  targetPolicy,
  treeFileView,
} from "@hauberk/core/analysis";
import { type FileView, viewFile } from "@hauberk/core/design";

/** Where is looked. */
export type SearchScope = "all" | "design" | "target";

/** The files of a scope, the design's before the target's. Lists of features are in a language of their own. */
export function searchedFiles(scope: SearchScope, views: readonly FileView[], tree: PolicyTree | null): SearchedFile[] {
  const own =
    scope === "target"
      ? []
      : views.map((view): SearchedFile => ({ path: view.path, origin: "design", read: () => view }));
  if (scope === "design" || tree === null) return own;
  const others = [...tree.files.keys()].filter((path) => !path.startsWith("abi/") && !path.endsWith("README"));
  return [
    ...own,
    ...others.toSorted().map((path): SearchedFile => ({
      path,
      origin: "target",
      read: () => treeFileView(tree, path) ?? viewFile(path, ""),
    })),
  ];
}

/** Values of the variables of the design and the target, for globs. */
export function searchVariables(
  views: readonly FileView[],
  tree: PolicyTree | null,
): ReadonlyMap<string, readonly string[]> {
  return joinedPolicy(designPolicy(views, tree), tree === null ? null : targetPolicy(tree)).variables;
}
