import { effectiveQualifiers, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { includesBring } from "./include-brings.ts";
import { resolveAmong, type PolicyFiles } from "./policy-files.ts";

/** How the rules of a profile, and those that it includes, let programs be run. */
export interface ExecRules {
  /** Some may log that a program is run. Also true where not all that is included is known. */
  readonly mayLog: boolean;
  /** All that let a program be run do it by `ix`. False where not all that is included is known. */
  readonly onlyInherit: boolean;
}

/** Looks at the rules of a profile and its includes. What a machine may have below `local/` is not counted. */
export function execRulesOf(file: FileView, profile: ProfileView, files: PolicyFiles): ExecRules {
  const brings = includesBring(profile.includes, files);
  const standings = [...profile.includes.map((include) => resolveAmong(include, files)), ...brings.includes];
  const isKnown = standings.every(({ standing }) => standing !== "unknown" && standing !== "missing");
  if (!isKnown) return { mayLog: true, onlyInherit: false };
  let [mayLog, onlyInherit] = [false, true];
  const look = (tree: SyntaxTree, placed: ProfileRule): void => {
    const { value } = placed.rule;
    if (value.kind !== "file" || (value.exec === null && value.path !== null)) return;
    const { access, audit } = effectiveQualifiers(tree, placed);
    if (access === "deny") return;
    if (audit) mayLog = true;
    const inherits = value.path === null || (value.exec === "ix" && value.execTarget === null && value.safety === null);
    if (!inherits) onlyInherit = false;
  };
  for (const placed of profile.rules) look(file.tree, placed);
  for (const { file: from, placed } of brings.brought) look(from.view.tree, placed);
  return { mayLog, onlyInherit };
}
