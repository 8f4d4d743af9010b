import type { FileView, ProfileRule } from "../design/index.ts";
import { readQualifiers } from "../rules/index.ts";

/** What holds for a rule: its own qualifiers and those of the blocks around it (`deny { … }`). */
export interface EffectiveQualifiers {
  readonly access: "allow" | "deny";
  readonly audit: boolean;
  /** The rule holds only where an `if` says so. */
  readonly conditional: boolean;
}

/** Reads what holds for a rule where it stands. */
export function effectiveQualifiers(file: FileView, { rule, within }: ProfileRule): EffectiveQualifiers {
  const blocks = within.filter(({ kind }) => kind === "qualified-block").map((node) => readQualifiers(file.tree, node));
  const all = [...blocks, rule.value.qualifiers];
  return {
    access: all.some(({ access }) => access === "deny") ? "deny" : "allow",
    audit: all.some(({ audit }) => audit),
    conditional: within.some(({ kind }) => kind === "conditional-branch"),
  };
}
