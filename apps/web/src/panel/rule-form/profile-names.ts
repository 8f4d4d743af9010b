import type { PolicyTree } from "@hauberk/core/analysis";
import { type FileView, type ProfileView, viewFile } from "@hauberk/core/design";

/** The names by which rules call the profiles of a file: children as `parent//child`. */
function namesOf(profiles: readonly ProfileView[], parent: string): string[] {
  return profiles.flatMap(({ name, children }) => {
    const full = parent === "" ? name : `${parent}//${name}`;
    return [full, ...namesOf(children, full)];
  });
}

const treeNames = new WeakMap<PolicyTree, readonly string[]>();

/** Folders of a policy tree that hold pieces of profiles, not profiles. */
const pieces = /^(?:abi|abstractions|cache|disable|force-complain|local|tunables)\//u;

/** The names of the profiles that a target brings; read once for each tree. */
function namesOfTree(tree: PolicyTree): readonly string[] {
  const known = treeNames.get(tree);
  if (known !== undefined) return known;
  const names = [...tree.files].flatMap(([path, text]) =>
    pieces.test(path) ? [] : namesOf(viewFile(path, text).profiles, ""),
  );
  treeNames.set(tree, names);
  return names;
}

let last: { readonly key: string; readonly names: readonly string[] } | null = null;

/**
 * What may stand where a rule names a profile: the profile itself, no profile, those of the design, then those that the
 * target brings. The same list as long as the names are the same.
 */
export function profileNames(files: readonly FileView[], target: PolicyTree | null): readonly string[] {
  const own = files.flatMap(({ profiles }) => namesOf(profiles, ""));
  const names = ["@{profile_name}", "unconfined", ...own, ...(target === null ? [] : namesOfTree(target))];
  const key = names.join("\n");
  if (last?.key !== key) last = { key, names: [...new Set(names)] };
  return last.names;
}
