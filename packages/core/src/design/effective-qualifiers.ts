import { readQualifiers, type Qualifiers } from "../rules/index.ts";
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
  const blocks = within.filter(({ kind }) => kind === "qualified-block").map((node) => readQualifiers(tree, node));
  const own = rule.value.qualifiers;
  const all = [...blocks, own];
  return {
    priority: own.priority,
    audit: all.some(({ audit }) => audit),
    quiet: all.some(({ quiet }) => quiet),
    access: all.some(({ access }) => access === "deny") ? "deny" : "allow",
    owner: own.owner ?? blocks.findLast(({ owner }) => owner !== null)?.owner ?? null,
    conditional: within.some(({ kind }) => kind === "conditional-branch"),
  };
}
