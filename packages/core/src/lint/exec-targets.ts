import type { FileView, ProfileView } from "../design/index.ts";
import type { FileRuleValue } from "../rules/index.ts";
import { execModeNamed } from "../vocabulary/index.ts";
import { bringsChildren, isPlainPath, mayMatch, targetPolicy, type PolicyTree } from "../analysis/index.ts";
import type { LintContext, LintInput } from "./lint-rule.ts";
import type { Scope } from "./scopes.ts";

/** What is known of the profiles that a program could move into. */
export interface ExecTargets {
  /** True where there may be a profile for the rule's program or target, also where nobody can tell. */
  readonly mayHaveProfile: (scope: Scope, value: FileRuleValue) => boolean;
}

/** Looks at the design's profiles and those known on the target. */
export function execTargets({ files, context }: LintInput): ExecTargets {
  const variables = variablesOf(files, context);
  const known = context.knownProfiles ?? [];
  const attached = context.policy === undefined ? [] : attachmentsOf(context.policy);
  const fitsPath = (profile: ProfileView, path: string) =>
    profile.name === path || (profile.attachment !== null && mayMatch(profile.attachment, path, variables));
  const profiles = files.flatMap((file) => file.profiles);
  const names = new Set([...known, ...profiles.flatMap((profile) => fullNames(profile, ""))]);

  const forPath = (scope: Scope, path: string, child: boolean): boolean => {
    if (!isPlainPath(path)) return true;
    if (child) return scope.profile === null || scope.profile.children.some((profile) => fitsPath(profile, path));
    return (
      profiles.some((profile) => fitsPath(profile, path)) ||
      [...known, ...attached].some((pattern) => mayMatch(pattern, path, variables))
    );
  };
  const forName = (scope: Scope, name: string, child: boolean): boolean => {
    if (/[@*?[{]/u.test(name) || name.startsWith(":")) return true;
    if (child && scope.includes.some(({ path }) => bringsChildren.test(path))) return true;
    if (child) return scope.profile === null || scope.profile.children.some((profile) => profile.name === name);
    return name.split("//&").every((part) => names.has(part.replace(/^&/u, "")));
  };
  return {
    mayHaveProfile: (scope, { path, exec, execTarget }) => {
      const child = exec !== null && execModeNamed(exec)?.goal === "child";
      // `Cx -> &b` is both profiles at once, this one and `b`, which is no child.
      if (execTarget !== null) return forName(scope, execTarget, child && !execTarget.startsWith("&"));
      return path === null || forPath(scope, path, child);
    },
  };
}

/** The attachments of the profiles that a target brings. */
function attachmentsOf(policy: PolicyTree): string[] {
  return targetPolicy(policy).profiles.flatMap(({ parent, attachment }) =>
    parent === null && attachment !== null ? [attachment] : [],
  );
}

function fullNames(profile: ProfileView, before: string): string[] {
  const name = before + profile.name;
  return [name, ...profile.children.flatMap((child) => fullNames(child, `${name}//`))];
}

function variablesOf(files: readonly FileView[], { policy }: LintContext): ReadonlyMap<string, readonly string[]> {
  const variables = new Map(policy === undefined ? [] : targetPolicy(policy).variables);
  for (const { variables: own } of files) {
    for (const { name, values } of own) variables.set(name, [...(variables.get(name) ?? []), ...values]);
  }
  return variables;
}

/** True where the design says that the program of this scope sets no_new_privs. */
export function setsNoNewPrivs({ context }: LintInput, scope: Scope): boolean {
  const stated = context.config?.noNewPrivs ?? [];
  if (stated.length === 0) return false;
  const names = [scope.name, ...scope.ancestors.map(({ name }) => name)];
  return names.some((name) => stated.includes(name));
}
