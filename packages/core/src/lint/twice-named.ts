import { isWhole, type FileView, type ProfileView } from "../design/index.ts";
import { tokenWithRole } from "../syntax/index.ts";
import type { Diagnostic } from "../text/index.ts";

/**
 * Profiles of one name in two files of a design. The parser reads each file by itself and accepts both; what is loaded last
 * takes the place of the other.
 */
export function twiceNamed(files: readonly FileView[]): Diagnostic[] {
  const first = new Map<string, string>();
  return files.filter(isWhole).flatMap(({ path, profiles }) => {
    const found = profiles.flatMap((profile) => {
      const other = first.get(profile.name);
      return profile.name === "" || other === undefined ? [] : [diagnosticOf(path, profile, other)];
    });
    for (const { name } of profiles) if (!first.has(name)) first.set(name, path);
    return found;
  });
}

function diagnosticOf(path: string, profile: ProfileView, other: string): Diagnostic {
  const { start, end } = tokenWithRole(profile.node, "name") ?? profile.node;
  return {
    code: "design/profile-twice",
    severity: "warning",
    message: `\`${other}\` has a profile \`${profile.name}\` too: which of the two holds depends on what is loaded last`,
    why: "Each file is accepted by itself, and a profile that is loaded takes the place of one of the same name.",
    path,
    range: { start, end },
  };
}
