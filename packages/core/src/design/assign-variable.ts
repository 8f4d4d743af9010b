import type { VariableView } from "./design.ts";

/**
 * Takes an assignment of a preamble into what was set before it, as the parser does. `base`: what a name stands for that
 * only files set which are not at hand, for `+=` to add to.
 */
export function assignVariable(
  set: Map<string, readonly string[]>,
  { name, operator, values }: Pick<VariableView, "name" | "operator" | "values">,
  base: (name: string) => readonly string[] = () => [],
): void {
  const before = set.get(name);
  if (operator === "+=") set.set(name, [...(before ?? base(name)), ...values]);
  else if (operator === ":=" || before === undefined) set.set(name, values);
}
