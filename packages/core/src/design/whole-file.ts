import type { FileView } from "./design.ts";

/** Where the policy files of a design lie. */
export const policyFolder = "apparmor.d";

/** A file that the parser is given by itself: it holds profiles and lies directly in the folder of the policy. */
export function isWhole({ path, profiles }: FileView): boolean {
  return (
    profiles.length > 0 && path.startsWith(`${policyFolder}/`) && !path.slice(policyFolder.length + 1).includes("/")
  );
}
