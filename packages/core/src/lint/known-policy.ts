import { policyFiles, targetPolicy, type PolicyFiles } from "../analysis/index.ts";
import type { FileView } from "../design/index.ts";
import type { LintContext } from "./lint-rule.ts";

/** The context, with the names of the profiles that its policy tree holds where nobody gave others. */
export function withKnownProfiles(context: LintContext): LintContext {
  if (context.policy === undefined || context.knownProfiles !== undefined) return context;
  return { ...context, knownProfiles: targetPolicy(context.policy).profiles.map(({ fullName }) => fullName) };
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
