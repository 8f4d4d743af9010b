import type { Condition } from "../../rules/index.ts";

/** A condition that fits everything narrows nothing. */
const fitsAll = /^"?(?:\*{2,}|\{,\*\*\}|\{\*\*,\})"?$/u;

/** The user's texts as code in a sentence. */
export function shown(values: readonly string[]): string {
  return values.map((value) => `\`${value.replaceAll("`", "\u{02CB}")}\``).join(", ");
}

/** The conditions that narrow a rule, each with its place. */
export function narrowingConditions(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ values }) => values.length > 0 && !values.some((value) => fitsAll.test(value)));
}

/** A condition written as text for people: `port=53`. */
export function conditionText({ key, operator, values }: Condition): string {
  const said = values.length === 1 ? (values[0] ?? "") : `(${values.join(" ")})`;
  return operator === "in" ? `${key} in ${said}` : `${key}${operator}${said}`;
}
