import type { RuleValue } from "../rules/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import { sayValue, type VariableValues } from "../words/index.ts";

/** How grave it would be if what a rule refuses were allowed. */
export function allowedDanger(value: RuleValue, values: VariableValues): Danger | null {
  return value.kind === "rlimit" ? null : sayValue(allowing(value), values).danger;
}

/** The rule as an allow; `x` alone stands with deny only. */
function allowing(value: RuleValue): RuleValue {
  const qualifiers = { ...value.qualifiers, access: null };
  return value.kind === "file" && value.exec === "x" ? { ...value, qualifiers, exec: "ix" } : { ...value, qualifiers };
}
