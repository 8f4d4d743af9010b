import { tokensWithRole, type SyntaxNode } from "../../syntax/index.ts";
import { rlimits, type RlimitUnit, sizeUnits, timeUnits } from "../../vocabulary/index.ts";
import type { RlimitRuleValue } from "../rule-values.ts";
import type { Report } from "./problem.ts";

const microsecondsPerSecond = 1_000_000;

/** Reports what the parser refuses in a limit: its name, its unit, its range. */
export function checkRlimitRule(node: SyntaxNode, value: RlimitRuleValue, report: Report): void {
  if (!rlimits.some(({ name }) => name === value.resource)) {
    report("rule/unknown-rlimit", `\`${value.resource}\` is no limit that a rule can set`, node);
    return;
  }
  const problem = limitProblem(value.resource, value.value);
  const tokens = tokensWithRole(node, "value");
  const [first] = tokens;
  if (problem === null || first === undefined) return;
  report("rule/bad-rlimit", problem, { start: first.start, end: tokens.at(-1)?.end ?? first.end });
}

const possible: Readonly<Record<RlimitUnit, string>> = {
  bytes: "a whole number with the unit `KB`, `MB` or `GB`, or of bytes without one",
  seconds: "a whole number with a unit of time, such as `s`, `min` or `h`",
  microseconds: "a whole number with a unit of time, such as `us`, `ms` or `s`",
  count: "a whole number without a unit",
  priority: "a whole number without a unit",
};

/**
 * Why the parser refuses the value of a limit, in words that say what is possible; null where it takes it, and where the
 * limit is none that a rule can set.
 */
export function limitProblem(resource: string, value: string): string | null {
  const limit = rlimits.find(({ name }) => name === resource);
  if (limit === undefined || value === "infinity") return null;
  const parts = /^(-?\d+)\s*([A-Za-z]*)$/u.exec(value);
  const why =
    parts === null
      ? `it is ${possible[limit.unit]}, or \`infinity\``
      : partsProblem(limit, Number(parts[1]), parts[2] ?? "");
  if (why === null) return null;
  return value === "" ? `\`${resource}\` has no value: ${why}` : `\`${value}\` is no value of \`${resource}\`: ${why}`;
}

function partsProblem(
  { name, unit: counts }: { readonly name: string; readonly unit: RlimitUnit },
  amount: number,
  unit: string,
): string | null {
  if (amount < 0 && counts !== "priority") return "it is below 0";
  if (counts === "bytes") {
    return unit === "" || sizeUnits.some((each) => each.name === unit) ? null : "its unit is `KB`, `MB` or `GB`";
  }
  if (counts === "seconds" || counts === "microseconds") return timeProblem(amount, unit, counts === "seconds");
  if (unit !== "") return "it takes no unit";
  return name === "nice" && (amount < -20 || amount > 19) ? "it lies between -20 and 19" : null;
}

function timeProblem(amount: number, unit: string, seconds: boolean): string | null {
  if (unit === "") return null;
  const known = timeUnits.find((each) => each.name === unit);
  if (known === undefined) return "its unit is a time, such as `ms`, `s` or `min`";
  if (amount * known.microseconds >= (seconds ? microsecondsPerSecond : 1)) return null;
  return seconds ? "it is below one second" : "it is below one microsecond";
}
