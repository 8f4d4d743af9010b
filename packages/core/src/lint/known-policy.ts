import { policyFiles, targetPolicy, type KnownPolicy, type PolicyFiles, type PolicyTree } from "../analysis/index.ts";
import type { FileView } from "../design/index.ts";
import type { LintContext } from "./lint-rule.ts";

/** Read once for each tree. */
const policies = new WeakMap<PolicyTree, KnownPolicy>();

/** The profiles and variables that a target brings. */
export function knownPolicy(tree: PolicyTree): KnownPolicy {
  const policy = policies.get(tree) ?? targetPolicy(tree);
  policies.set(tree, policy);
  return policy;
}

/** The context, with the names of the profiles that its policy tree holds where nobody gave others. */
export function withKnownProfiles(context: LintContext): LintContext {
  if (context.policy === undefined || context.knownProfiles !== undefined) return context;
  return { ...context, knownProfiles: knownPolicy(context.policy).profiles.map(({ fullName }) => fullName) };
}

/** The files of a design over a tree; the checks ask once for each file of the design. */
const among = new WeakMap<readonly FileView[], PolicyFiles>();

/** Where the includes of a design lead. */
export function reachableFiles(files: readonly FileView[], { policy }: LintContext): PolicyFiles {
  const known = among.get(files);
  const tree = policy ?? null;
  if (known?.tree === tree) return known;
  const made = policyFiles(files, tree);
  among.set(files, made);
  return made;
}
