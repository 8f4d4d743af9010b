import type { FileView, IncludeView, ProfileView } from "../design/index.ts";
import { treeFileView } from "./policy-files.ts";
import type { PolicyTree } from "./policy-tree.ts";

/** A profile that a program can run under, as rules refer to it. */
export interface KnownProfile {
  /** As rules name it: `parent//child`. */
  readonly fullName: string;
  readonly name: string;
  readonly form: "profile" | "hat";
  /** The full name of the profile around it, or null. */
  readonly parent: string | null;
  readonly attachment: string | null;
  /** Whether the design holds it or the target brings it. */
  readonly origin: "design" | "target";
  /** The design's path of its file, or the path below the target's `/etc/apparmor.d`. */
  readonly path: string;
}

/** What can be known of profiles and variables: the design's, and the target's where its policy tree is at hand. */
export interface KnownPolicy {
  readonly profiles: readonly KnownProfile[];
  /** Values by name, without `@{` and `}`. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
  /** Full names of profiles that may have children which an include brings, and nobody can tell which. */
  readonly mayHaveMore: ReadonlySet<string>;
}

/**
 * The profiles and variables of a design's files, parents before children. With the target's tree at hand, the children
 * that abstractions bring are among them.
 */
export function designPolicy(files: readonly FileView[], tree: PolicyTree | null): KnownPolicy {
  return gathered(files, "design", includeReader(files, tree));
}

/** Abstractions of Debian that hold child profiles, themselves or through what they include. */
export const bringsChildren = /^abstractions\/(?:ubuntu-|snap_browsers|opencl|[a-z]+-open5?$)/u;

/** Profiles lie at the top of the tree; the folders below it hold pieces of them, and the tunables. */
const holdsProfiles = /^[^/]+$/u;
const holdsVariables = /^tunables\//u;

const policies = new WeakMap<PolicyTree, KnownPolicy>();

/** The profiles and variables of a target's policy tree. Reads many files, once for each tree. */
export function targetPolicy(tree: PolicyTree): KnownPolicy {
  const policy = policies.get(tree) ?? readPolicy(tree);
  policies.set(tree, policy);
  return policy;
}

function readPolicy(tree: PolicyTree): KnownPolicy {
  const files = [...tree.files.keys()]
    .filter((path) => holdsProfiles.test(path) || holdsVariables.test(path))
    .toSorted()
    .flatMap((path) => treeFileView(tree, path) ?? []);
  return gathered(files, "target", includeReader([], tree));
}

/** Both together: what the design says comes first, and hides a profile of the same name. */
export function joinedPolicy(design: KnownPolicy, target: KnownPolicy | null): KnownPolicy {
  if (target === null) return design;
  const own = new Set(design.profiles.map(({ fullName }) => fullName));
  const variables = new Map(target.variables);
  for (const [name, values] of design.variables) variables.set(name, [...(variables.get(name) ?? []), ...values]);
  return {
    profiles: [...design.profiles, ...target.profiles.filter(({ fullName }) => !own.has(fullName))],
    variables,
    mayHaveMore: design.mayHaveMore,
  };
}

/** The view of an included file; null where it is nowhere, undefined where nobody can tell. */
type IncludeReader = (path: string) => FileView | null | undefined;

function includeReader(files: readonly FileView[], tree: PolicyTree | null): IncludeReader {
  const own = new Map(files.map((file) => [file.path.replace(/^apparmor\.d\//u, ""), file]));
  return (path) => own.get(path) ?? (tree === null ? undefined : treeFileView(tree, path));
}

function gathered(files: readonly FileView[], origin: KnownProfile["origin"], read: IncludeReader): KnownPolicy {
  const profiles: KnownProfile[] = [];
  const variables = new Map<string, readonly string[]>();
  const mayHaveMore = new Set<string>();
  const add = (
    level: readonly ProfileView[],
    parent: string | null,
    path: string,
    from: KnownProfile["origin"],
  ): void => {
    for (const { name, form, attachment, children, includes } of level) {
      const fullName = parent === null ? name : `${parent}//${name}`;
      profiles.push({ fullName, name, form, parent, attachment, origin: from, path });
      add(children, fullName, path, from);
      const more = includedFiles(includes, read);
      if (more === null) mayHaveMore.add(fullName);
      for (const file of more ?? []) add(file.profiles, fullName, file.path, "target");
    }
  };
  for (const file of files) {
    add(file.profiles, null, file.path, origin);
    for (const { name, values } of file.variables) variables.set(name, [...(variables.get(name) ?? []), ...values]);
  }
  return { profiles, variables, mayHaveMore };
}

/** The files that includes bring, with what these include; null where one that holds children can't be read. */
function includedFiles(includes: readonly IncludeView[], read: IncludeReader): FileView[] | null {
  const found = new Map<string, FileView>();
  let unsure = false;
  const follow = (level: readonly IncludeView[]): void => {
    for (const { path, magic } of level) {
      if (!magic || found.has(path)) continue;
      const file = read(path);
      if (file === undefined && bringsChildren.test(path)) unsure = true;
      if (file === undefined || file === null) continue;
      found.set(path, file);
      follow(file.includes);
    }
  };
  follow(includes);
  return unsure ? null : [...found.values()].filter(({ profiles }) => profiles.length > 0);
}
