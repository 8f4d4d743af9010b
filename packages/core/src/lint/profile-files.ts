import type { FileView } from "../design/index.ts";
import { addInclude, type EditOutcome } from "../edit/index.ts";
import type { Scope } from "./scopes.ts";

/** A short name for folders and variables: `rustnet` for `/usr/bin/rustnet` and for `usr.bin.rustnet`. */
export function plainName(scope: Scope, file: FileView): string {
  const top = scope.ancestors[0] ?? scope.profile;
  const written = top === null || top.name === "" ? (file.path.split("/").at(-1) ?? "") : top.name;
  const last = written.split(/[/.]/u).findLast((part) => /^[A-Za-z0-9][A-Za-z0-9_+-]*$/u.test(part));
  return last ?? "app";
}

/** A variable of the design and the file that sets it. */
export interface FoundVariable {
  readonly name: string;
  readonly file: FileView;
}

/** The first variable of the design whose name fits, or undefined. */
export function variableNamed(files: readonly FileView[], fits: (name: string) => boolean): FoundVariable | undefined {
  for (const file of files) {
    const found = file.variables.find(({ name }) => fits(name));
    if (found !== undefined) return { name: found.name, file };
  }
  return undefined;
}

/** What a file needs before it can use a variable that another file of the design sets: nothing, or the include. */
export function variableOutcomes(file: FileView, found: FoundVariable): EditOutcome[] {
  const path = installName(found.file);
  if (found.file.path === file.path || file.includes.some((include) => include.path === path)) return [];
  return [addInclude(file, null, path, { ifExists: false })];
}

/** What a file needs before a rule can say `@{HOME}`: nothing, or the include that defines it. */
export function homeOutcomes(file: FileView, files: readonly FileView[]): EditOutcome[] {
  const brings = file.includes.some(({ path }) => path.startsWith("tunables/"));
  if (brings || file.profiles.length === 0 || variableNamed(files, (name) => name === "HOME") !== undefined) return [];
  return [addInclude(file, null, "tunables/global", { ifExists: false })];
}

/** The name under which a file of a design is installed below /etc/apparmor.d. */
export function installName(file: FileView): string {
  return file.path.replace(/^apparmor\.d\//u, "");
}
