import type { DesignFileBody } from "@hauberk/contract";
import { viewFile, type FileView } from "@hauberk/core/design";
import { installPath } from "./job-tree.ts";

/** Folders of `/etc/apparmor.d` whose files are never loaded by themselves. */
const partFolders = new Set(["abi", "abstractions", "tunables", "local", "disable", "force-complain", "cache"]);

/**
 * The files of a design that the parser is to compile, sorted by path. What lies directly in `/etc/apparmor.d` is loaded
 * at boot and always counts; a file in a folder of its own counts where it holds whole profiles and no other file of
 * the design takes it in by `include`.
 */
export function profileFiles(files: readonly DesignFileBody[]): DesignFileBody[] {
  const candidates = files.filter((file) => !partFolders.has(installPath(file.path).split("/")[0] ?? ""));
  const included = candidates.some(isDeep) ? includedPaths(files) : new Set<string>();
  return candidates
    .filter((file) => !isDeep(file) || holdsProfiles(file, included))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function isDeep(file: DesignFileBody): boolean {
  return installPath(file.path).includes("/");
}

function holdsProfiles(file: DesignFileBody, included: ReadonlySet<string>): boolean {
  const path = installPath(file.path);
  if (included.has(path) || included.has(path.slice(0, path.lastIndexOf("/")))) return false;
  const view = viewFile(file.path, file.text);
  return view.looseRules.length === 0 && view.profiles.some((profile) => profile.form === "profile");
}

/** Every file and folder that some file of the design includes, below `/etc/apparmor.d`. */
function includedPaths(files: readonly DesignFileBody[]): Set<string> {
  const views = files.map((file) => viewFile(file.path, file.text));
  return new Set(views.flatMap(includesOf).map((path) => path.replace(/^\/etc\/apparmor\.d\//, "").replace(/\/$/, "")));
}

function includesOf(view: FileView): string[] {
  const inProfile = (profile: FileView["profiles"][number]): string[] => [
    ...profile.includes.map((include) => include.path),
    ...profile.children.flatMap(inProfile),
  ];
  return [...view.includes.map((include) => include.path), ...view.profiles.flatMap(inProfile)];
}
