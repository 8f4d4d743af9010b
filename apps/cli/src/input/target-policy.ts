import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { viewFile, type ProfileView } from "@hauberk/core/design";
import { CallError } from "../call-error.ts";

/** The folder on this machine that holds a target's `/etc/apparmor.d`. Throws a `CallError` where there is none. */
export async function targetPolicyFolder(id: string): Promise<string> {
  const { hostPlaces, toolchainFolder } = await import("@hauberk/sandbox");
  if (id === "host") return hostPlaces.policy;
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(id)) throw new CallError(`there is no target ${id}; hauberk targets lists them`);
  const folder = join(toolchainFolder(id), "root/etc/apparmor.d");
  try {
    readdirSync(folder);
  } catch {
    throw new CallError(`the policy of the target ${id} is not on this machine; hauberk targets says what to do`);
  }
  return folder;
}

/** The names of the profiles that a policy folder brings, with their children as `parent//child`. */
export function profileNames(folder: string): string[] {
  const namesOf = (profile: ProfileView, parent: string): string[] => {
    const name = `${parent}${profile.name}`;
    return [name, ...profile.children.flatMap((child) => namesOf(child, `${name}//`))];
  };
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => viewFile(name, readFileSync(join(folder, name), "utf8")).profiles)
    .flatMap((profile) => namesOf(profile, ""));
}
