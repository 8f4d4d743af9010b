import type { FileView, ProfileView } from "@hauberk/core/design";

/** The names by which rules call the profiles of a file: children as `parent//child`. */
function namesOf(profiles: readonly ProfileView[], parent: string): string[] {
  return profiles.flatMap(({ name, children }) => {
    const full = parent === "" ? name : `${parent}//${name}`;
    return [full, ...namesOf(children, full)];
  });
}

let last: { readonly key: string; readonly names: readonly string[] } | null = null;

/**
 * What may stand where a rule names a profile: the profile itself, no profile, then those of the design. The same list as
 * long as the names are the same.
 */
export function profileNames(files: readonly FileView[]): readonly string[] {
  const names = ["@{profile_name}", "unconfined", ...files.flatMap(({ profiles }) => namesOf(profiles, ""))];
  const key = names.join("\n");
  if (last?.key !== key) last = { key, names: [...new Set(names)] };
  return last.names;
}
