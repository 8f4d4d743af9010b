import { noQualifiers, readQualifiers, type Qualifiers, type RuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import type { ProfileRule } from "./design.ts";

/** What holds for a rule where it stands: its own qualifiers joined with those of the blocks around it (`deny { … }`). */
export interface EffectiveQualifiers extends Omit<Qualifiers, "access"> {
  /** What it comes to: a deny anywhere beats what stands nearer; `prompt` counts as an allow. */
  readonly access: "allow" | "deny";
  /** The rule holds only where an `if` says so. */
  readonly conditional: boolean;
}

/** Reads what holds for a rule where it stands. */
export function effectiveQualifiers(tree: SyntaxTree, { rule, within }: ProfileRule): EffectiveQualifiers {
  const all = joined(qualifiersOfBlocks(tree, { within }), rule.value.qualifiers);
  return {
    ...all,
    access: all.access === "deny" ? "deny" : "allow",
    conditional: within.some(({ kind }) => kind === "conditional-branch"),
  };
}

/** What the blocks around a rule give to it, whatever it says itself. No block gives a priority. */
export function qualifiersOfBlocks(tree: SyntaxTree, { within }: Pick<ProfileRule, "within">): Qualifiers {
  return within
    .filter(({ kind }) => kind === "qualified-block")
    .reduce((outer, node) => joined(outer, readQualifiers(tree, node)), noQualifiers);
}

/**
 * A rule as it would be written without the blocks around it: what panels show and change. Who owns the file is asked of
 * files only, and a limit takes no qualifier.
 */
export function heldValue(tree: SyntaxTree, placed: ProfileRule): RuleValue {
  const { value } = placed.rule;
  const given = qualifiersOfBlocks(tree, placed);
  if (given === noQualifiers) return value;
  if (value.kind === "rlimit") return { ...value, qualifiers: noQualifiers };
  const qualifiers = joined(given, value.qualifiers);
  const ofFiles = value.kind === "file" || value.kind === "link";
  return { ...value, qualifiers: ofFiles ? qualifiers : { ...qualifiers, owner: null } };
}

/** A deny of either stays a deny. Of a written `allow` nothing is left but the rule's own. */
function joined(outer: Qualifiers, own: Qualifiers): Qualifiers {
  const either = (word: "deny" | "prompt") => outer.access === word || own.access === word;
  return {
    priority: own.priority,
    audit: outer.audit || own.audit,
    quiet: outer.quiet || own.quiet,
    access: either("deny") ? "deny" : either("prompt") ? "prompt" : own.access,
    owner: own.owner ?? outer.owner,
  };
}
