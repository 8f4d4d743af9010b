import type { DesignFile, FileView, ProfileRule, ProfileView } from "../design/index.ts";
import { changeRule, type Condition, type RuleEdits, type RuleValue } from "../rules/index.ts";
import type { FileEdit } from "../text/index.ts";
import { acceptAll, refuse } from "./answer.ts";
import { shown } from "./check-words.ts";
import { renamedInConfig } from "./config-values.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { setName } from "./profile-head.ts";

/** A profile, child or hat of a design. */
export interface ProfilePlace {
  readonly path: string;
  readonly profile: ProfileView;
}

/**
 * Renames a profile, child or hat, and with it every rule of the design that names it exactly: exec targets, targets of
 * change_profile, peers; and what `hauberk.json` (`config`) says of it. One step over all files; the label says in how many rules. Globs that match the name stay.
 */
export function renameProfile(
  files: readonly FileView[],
  { path, profile }: ProfilePlace,
  name: string,
  config?: DesignFile,
): EditOutcome {
  const file = files.find((each) => each.path === path);
  const parents = file === undefined ? undefined : parentsOf(file.profiles, profile);
  if (file === undefined || parents === undefined) return refuse("the profile is not in this design any more");
  const head = setName(file, profile, name);
  if (!head.ok || name === profile.name) return head;
  if (name.includes("//")) return refuse("the name may not hold `//`, which parts a child from its parent");
  const outer = parents.map((parent) => parent.name).join("//");
  const full = outer === "" ? profile.name : `${outer}//${profile.name}`;
  const renamed: Renaming = { full, outer, own: profile.name, name };
  const changes = files.map((each) => ({ path: each.path, uses: usesIn(each, renamed) }));
  for (const change of changes) {
    const refused = change.uses.find((use) => !use.ok);
    if (refused !== undefined) return refuse(`${refused.reason} (\`${change.path}\` names the profile there)`);
  }
  const places = changes.reduce((sum, { uses }) => sum + uses.length, 0);
  const edits: FileEdit[] = changes.map((change) => ({
    path: change.path,
    edits: [
      ...change.uses.flatMap((use) => (use.ok ? use.edits : [])),
      ...head.edits.filter((each) => each.path === change.path).flatMap((each) => each.edits),
    ],
  }));
  const where = places === 0 ? "" : ` and in ${places === 1 ? "1 rule" : `${places} rules`} that name it`;
  const wishes = config === undefined ? [] : renamedInConfig(config, full, newFullName(full, renamed));
  const all = config === undefined ? edits : [...edits, { path: config.path, edits: wishes }];
  return acceptAll(`rename ${shown(profile.name)} to ${shown(name)}${where}`, all, path);
}

/** How many rules of the design name a profile exactly, as `renameProfile` would change them. */
export function profileUses(
  files: readonly FileView[],
  { path, profile }: ProfilePlace,
): { readonly path: string; readonly rule: ProfileRule }[] {
  const file = files.find((each) => each.path === path);
  const parents = file === undefined ? undefined : parentsOf(file.profiles, profile);
  if (parents === undefined) return [];
  const outer = parents.map((parent) => parent.name).join("//");
  const full = outer === "" ? profile.name : `${outer}//${profile.name}`;
  const renamed: Renaming = { full, outer, own: profile.name, name: `${profile.name}\u0000` };
  return files.flatMap((each) =>
    scopesOf(each).flatMap(({ scope, rules }) =>
      rules
        .filter(({ rule }) => renamedValue(rule.value, scope, renamed) !== null)
        .map((rule) => ({ path: each.path, rule })),
    ),
  );
}

interface Renaming {
  /** `parent//child`. */
  readonly full: string;
  /** The full name of the profile around it; empty for a top-level one. */
  readonly outer: string;
  readonly own: string;
  readonly name: string;
}

/** The edits of each rule that names the profile. */
function usesIn(file: FileView, renamed: Renaming): RuleEdits[] {
  return scopesOf(file).flatMap(({ scope, rules }) =>
    rules.flatMap(({ rule }) => {
      const to = renamedValue(rule.value, scope, renamed);
      return to === null ? [] : [changeRule(file.tree, rule, to)];
    }),
  );
}

/** The rules of every profile, with the full name of the profile that `Cx -> child` counts from; loose rules have none. */
function scopesOf(file: FileView): { readonly scope: string | null; readonly rules: readonly ProfileRule[] }[] {
  const within = (profiles: readonly ProfileView[], outer: string): ReturnType<typeof scopesOf> =>
    profiles.flatMap((profile) => {
      const scope = outer === "" ? profile.name : `${outer}//${profile.name}`;
      return [{ scope, rules: profile.rules }, ...within(profile.children, scope)];
    });
  return [{ scope: null, rules: file.looseRules }, ...within(file.profiles, "")];
}

/** The rule with the new name in it; null where it does not name the profile. */
function renamedValue(value: RuleValue, scope: string | null, renamed: Renaming): RuleValue | null {
  const fullName = (written: string): string => newFullName(written, renamed);
  switch (value.kind) {
    case "file": {
      if (value.execTarget === null || value.exec === null) return null;
      const isChild = /^[Cc]/u.test(value.exec);
      const inParent = isChild && renamed.outer !== "" && scope === renamed.outer && value.execTarget === renamed.own;
      const execTarget = inParent ? renamed.name : isChild ? value.execTarget : fullName(value.execTarget);
      return execTarget === value.execTarget ? null : { ...value, execTarget };
    }
    case "change_profile": {
      const target = value.target === null ? null : fullName(value.target);
      return target === value.target ? null : { ...value, target };
    }
    case "signal":
    case "ptrace": {
      const peer = renamedIn(value.peer, ["peer", "label"], fullName);
      const local = renamedIn(value.local, ["peer"], fullName);
      return peer === value.peer && local === value.local ? null : { ...value, peer, local };
    }
    case "unix":
    case "dbus":
    case "mqueue":
    case "io_uring": {
      const peer = renamedIn(value.peer, ["label"], fullName);
      const local = renamedIn(value.local, ["label"], fullName);
      return peer === value.peer && local === value.local ? null : { ...value, peer, local };
    }
    case "network": {
      const peer = renamedIn(value.peer, ["label"], fullName);
      return peer === value.peer ? null : { ...value, peer };
    }
    case "all":
    case "capability":
    case "link":
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
    case "rlimit":
    case "userns":
      return null;
  }
}

/** The conditions with new names; the same list where no name is in them. */
function renamedIn(
  conditions: readonly Condition[],
  keys: readonly string[],
  fullName: (written: string) => string,
): readonly Condition[] {
  let changed = false;
  const result = conditions.map((condition) => {
    if (!keys.includes(condition.key)) return condition;
    const values = condition.values.map(fullName);
    if (values.every((value, at) => value === condition.values[at])) return condition;
    changed = true;
    return { ...condition, values };
  });
  return changed ? result : conditions;
}

/** `outer//own` and what lies below it, under the new name. */
function newFullName(written: string, { full, outer, name }: Renaming): string {
  const to = outer === "" ? name : `${outer}//${name}`;
  if (written === full) return to;
  return written.startsWith(`${full}//`) ? to + written.slice(full.length) : written;
}

/** The profiles around one, outermost first; undefined where it is not there. */
function parentsOf(profiles: readonly ProfileView[], wanted: ProfileView): ProfileView[] | undefined {
  for (const profile of profiles) {
    if (profile === wanted || profile.node === wanted.node) return [];
    const below = parentsOf(profile.children, wanted);
    if (below !== undefined) return [profile, ...below];
  }
  return undefined;
}
