import { viewFile } from "@hauberk/core/design";

/** The name that Debian gives the file of a profile: `/usr/bin/x` is kept in `usr.bin.x`. */
export function installNameOf(profileName: string): string {
  const plain = profileName
    .replace(/^"|"$/g, "")
    .replace(/^\/+/, "")
    .replaceAll("/", ".")
    .replace(/[^A-Za-z0-9._+-]+/g, "_")
    .replace(/^[._]+|[._]+$/g, "");
  return plain === "" ? "profile" : plain.slice(0, 200);
}

/**
 * Where a text without a name of its own is kept: as its first profile calls the machine's additions to it (`local/NAME`,
 * which a packaged file of that name does), else by that profile's name; as a tunable where it has only variables.
 */
export function pathForText(text: string): string {
  const view = viewFile("apparmor.d/pasted", text);
  const profile = view.profiles[0];
  if (profile !== undefined) {
    const local = profile.includes
      .map(({ path }) => /^local\/([^/]+)$/.exec(path)?.[1])
      .find((name) => name !== undefined);
    return `apparmor.d/${installNameOf(local ?? profile.name)}`;
  }
  if (view.variables.length > 0)
    return `apparmor.d/tunables/${installNameOf(view.variables[0]?.name.toLowerCase() ?? "")}`;
  return view.looseRules.length > 0 ? "apparmor.d/abstractions/pasted" : "apparmor.d/profile";
}

/**
 * Where a file is kept that has a name: under that name, as packaged profiles are; a `.txt` and its kin are named by
 * the profile inside. What follows `apparmor.d/` in its path stays, so a tunable stays one.
 */
export function pathForFile(name: string, text: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  const root = parts.lastIndexOf("apparmor.d");
  const below = root === -1 ? parts.slice(-1) : parts.slice(root + 1);
  const last = below.at(-1) ?? "";
  const plain = below.length > 0 && below.every((part) => /^[A-Za-z0-9._+@-]+$/.test(part));
  if (!plain || /\.(txt|md|conf|log)$/i.test(last)) return pathForText(text);
  return `apparmor.d/${below.join("/")}`;
}

/** The path itself, or with a number where it is taken. */
export function freePath(path: string, taken: (path: string) => boolean): string {
  if (!taken(path)) return path;
  for (let number = 2; ; number++) if (!taken(`${path}-${number}`)) return `${path}-${number}`;
}
