import {
  designPathOf,
  designPolicy,
  installedPath,
  joinedPolicy,
  resolveAmong,
  targetPolicy,
  type KnownProfile,
  type PolicyFiles,
} from "../analysis/index.ts";
import { readInclude, type FileView, type ProfileView } from "../design/index.ts";
import { textOf } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";
import { nodesAt, tokenAt } from "./tree-walk.ts";

/** Where something that is named elsewhere is made: an included file, an assignment, a profile. */
export interface DefinitionPlace {
  /** Below `/etc/apparmor.d`. */
  readonly path: string;
  readonly origin: "design" | "target";
  readonly range: TextRange;
}

/** What stands at a place: its name as it would be searched for, and where it is made. */
export interface Definition {
  /** `@{HOME}`, `abstractions/base`, `man//groff`. */
  readonly name: string;
  readonly kind: "include" | "variable" | "profile";
  /** Empty where neither the design nor the target, as far as it is known, makes it. */
  readonly places: readonly DefinitionPlace[];
}

/** What is named at an offset, and where it is made; null where nothing is named that is made elsewhere. */
export function definitionAt(view: FileView, offset: number, files: PolicyFiles): Definition | null {
  const include = nodesAt(view.tree, offset).find(({ kind }) => kind === "include");
  if (include !== undefined) {
    const read = readInclude(view.tree, include);
    const places = resolveAmong(read, files).paths.flatMap((path) => {
      const file = files.file(path);
      return file === null ? [] : [{ path, origin: file.origin, range: { start: 0, end: 0 } }];
    });
    return { name: read.path, kind: "include", places };
  }
  return variableAt(view, offset, files) ?? profileAt(view, offset, files);
}

function variableAt(view: FileView, offset: number, files: PolicyFiles): Definition | null {
  const from = Math.max(0, offset - 200);
  for (const match of view.tree.text.slice(from, offset + 200).matchAll(/@\{([A-Za-z][A-Za-z0-9_]*)\}/gu)) {
    const start = from + match.index;
    if (start > offset || offset > start + match[0].length) continue;
    const name = match[1] ?? "";
    const own = { path: installedPath(view), origin: "design" as const, view };
    const others = files.design.filter((each) => each.path !== view.path);
    const among = [
      own,
      ...others.map((each) => ({ path: installedPath(each), origin: "design" as const, view: each })),
      ...files.paths.filter((path) => path.startsWith("tunables/")).flatMap((path) => files.file(path) ?? []),
    ];
    const seen = new Set<FileView>();
    const places = among.flatMap((file) => {
      if (seen.has(file.view)) return [];
      seen.add(file.view);
      return file.view.variables
        .filter((variable) => variable.name === name)
        .map(({ node }) => ({ path: file.path, origin: file.origin, range: { start: node.start, end: node.end } }));
    });
    return { name: match[0], kind: "variable", places };
  }
  return null;
}

function profileAt(view: FileView, offset: number, files: PolicyFiles): Definition | null {
  const token = tokenAt(view.tree, offset);
  if (token === undefined || token.type === "comment" || token.type === "punctuation") return null;
  const name = textOf(view.tree, token).replaceAll(/^"|"$/gu, "");
  // The head of a profile names it, and is where it is made.
  const isHead = token.role === "name" || token.role === "attachment";
  if (isHead || name === "" || token.type === "keyword" || token.type === "permissions") return null;
  const known = joinedPolicy(
    designPolicy(files.design, files.tree),
    files.tree === null ? null : targetPolicy(files.tree),
  ).profiles.filter(({ fullName, name: own }) => fullName === name || own === name);
  if (known.length === 0) return null;
  return { name, kind: "profile", places: known.flatMap((profile) => placeOf(profile, files)) };
}

function placeOf({ path, origin, fullName }: KnownProfile, files: PolicyFiles): DefinitionPlace[] {
  const views = files.design.filter((each) => each.path === path || each.path === designPathOf(path));
  const view = origin === "design" ? views[0] : files.file(path)?.view;
  const node = view === undefined ? undefined : namedNode(view.profiles, fullName);
  if (view === undefined || node === undefined) return [];
  return [{ path: installedPath(view), origin, range: { start: node.start, end: node.end } }];
}

function namedNode(level: readonly ProfileView[], fullName: string): TextRange | undefined {
  for (const { name, node, body, children } of level) {
    if (name === fullName) return { start: node.start, end: body?.start ?? node.end };
    const below = fullName.startsWith(`${name}//`) ? namedNode(children, fullName.slice(name.length + 2)) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}
