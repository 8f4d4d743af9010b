import type { FileView, IncludeView } from "./design.ts";
import { viewFile } from "./view-file.ts";

/** How a caller hands over the files that includes name; core itself reads none. */
export interface SourceReader {
  /** The text of a file, or undefined where there is none (or a folder). */
  readonly read: (path: string) => string | undefined;
  /** The names of the files in a folder, or undefined where it is none; without this function no folder is found. */
  readonly list?: (path: string) => readonly string[] | undefined;
  /** Where `<…>` is searched, first to last: `/etc/apparmor.d` on a machine. */
  readonly includeRoots: readonly string[];
}

/** An include that names nothing, and the file that it stands in. */
export interface MissingInclude {
  readonly from: string;
  readonly include: IncludeView;
}

/** An include that leads back to a file which is being included already; the parser skips it. */
export interface IncludeLoop {
  readonly from: string;
  readonly include: IncludeView;
  /** The files of the loop, the one that begins and ends it first. */
  readonly through: readonly string[];
}

/** A file and all that it includes, directly or not. */
export interface IncludeClosure {
  /** Every file once, the start first, then in the order of inclusion. */
  readonly files: readonly FileView[];
  readonly missing: readonly MissingInclude[];
  readonly loops: readonly IncludeLoop[];
}

/** Endings of files that the parser leaves out when it includes a folder: what editors and packages leave behind. */
const leftOver = [
  ".dpkg-new",
  ".dpkg-old",
  ".dpkg-dist",
  ".dpkg-bak",
  ".dpkg-remove",
  ".pacsave",
  ".pacnew",
  ".rpmnew",
  ".rpmsave",
  ".orig",
  ".rej",
  "~",
];

/** True for a file that the parser takes when it includes the folder around it. */
export function isPolicyFileName(name: string): boolean {
  return !name.startsWith(".") && name !== "README" && !leftOver.some((ending) => name.endsWith(ending));
}

/** The paths under which an include is searched, best first. */
function candidates(include: Pick<IncludeView, "path" | "magic">, reader: SourceReader): readonly string[] {
  if (!include.magic) return [include.path];
  return reader.includeRoots.map((root) => `${root.replace(/\/+$/u, "")}/${include.path}`);
}

/** The files that an include names: one, those of a folder, or null where nothing is there. */
export function resolveInclude(
  include: Pick<IncludeView, "path" | "magic">,
  reader: SourceReader,
): readonly string[] | null {
  if (include.path === "") return null;
  for (const path of candidates(include, reader)) {
    if (reader.read(path) !== undefined) return [path];
    const names = reader.list?.(path);
    if (names === undefined) continue;
    const folder = path.replace(/\/+$/u, "");
    const paths = names.filter(isPolicyFileName).map((name) => `${folder}/${name}`);
    return paths.filter((each) => reader.read(each) !== undefined).toSorted();
  }
  return null;
}

/** Every include of a file, of its profiles and of their children. */
export function includesOf(file: FileView): readonly IncludeView[] {
  const found = [...file.includes];
  const pending = [...file.profiles];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    found.push(...next.includes);
    pending.push(...next.children);
  }
  return found;
}

/** Follows the includes of a file; a file that is read once is not read again. */
export function includeClosure(start: FileView, reader: SourceReader): IncludeClosure {
  const files: FileView[] = [];
  const missing: MissingInclude[] = [];
  const loops: IncludeLoop[] = [];
  const seen = new Set<string>();
  const visit = (file: FileView, trail: readonly string[]): void => {
    seen.add(file.path);
    files.push(file);
    for (const include of includesOf(file)) {
      const paths = resolveInclude(include, reader);
      if (paths === null && !include.ifExists) missing.push({ from: file.path, include });
      for (const path of paths ?? []) {
        const at = trail.indexOf(path);
        if (at !== -1) loops.push({ from: file.path, include, through: trail.slice(at) });
        if (seen.has(path)) continue;
        visit(viewFile(path, reader.read(path) ?? ""), [...trail, path]);
      }
    }
  };
  visit(start, [start.path]);
  return { files, missing, loops };
}
