import type { RuleValue } from "../rules/index.ts";
import type { SyntaxNode } from "../syntax/index.ts";
import type { ProfileRule } from "./design.ts";

/** The kinds of rules that parsers keep in a block. */
const keptKinds: ReadonlySet<RuleValue["kind"]> = new Set(["file", "link", "change_profile"]);

/** The outermost block of rules (`audit { … }`) around a rule; undefined where it stands in none. */
export function blockAround({ within }: ProfileRule): SyntaxNode | undefined {
  return within.find(({ kind }) => kind === "qualified-block");
}

/**
 * True for a rule that no parser keeps: one in a block that is not about files. Measured with 3.0.8 and 5.0.2: such a rule
 * is read, and the compiled policy is the same without it.
 */
export function isDropped(placed: ProfileRule): boolean {
  return blockAround(placed) !== undefined && !keptKinds.has(placed.rule.value.kind);
}
