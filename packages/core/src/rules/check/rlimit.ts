import { tokensWithRole, textOf, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import { rlimits, sizeUnits, timeUnits } from "../../vocabulary/index.ts";
import type { RlimitRuleValue } from "../rule-values.ts";
import type { Report } from "./problem.ts";

const microsecondsPerSecond = 1_000_000;

/** Reports what the parser refuses in a limit: its name, its unit, its range. */
export function checkRlimitRule(tree: SyntaxTree, node: SyntaxNode, value: RlimitRuleValue, report: Report): void {
  const limit = rlimits.find((each) => each.name === value.resource);
  if (limit === undefined) {
    report("rule/unknown-rlimit", `\`${value.resource}\` is no limit that a rule can set`, node);
    return;
  }
  const [number, unit] = tokensWithRole(node, "value").map((token) => textOf(tree, token));
  if (number === undefined || number === "infinity") return;
  const amount = Number(number);
  const bad = (why: string): void =>
    report("rule/bad-rlimit", `\`${value.value}\` is no value of \`${limit.name}\`: ${why}`, node);
  if (amount < 0 && limit.unit !== "priority") {
    bad("it is below 0");
  } else if (limit.unit === "bytes") {
    if (unit !== undefined && !sizeUnits.some((each) => each.name === unit)) bad("its unit is `KB`, `MB` or `GB`");
  } else if (limit.unit === "seconds" || limit.unit === "microseconds") {
    checkTime(amount, unit, limit.unit === "seconds", bad);
  } else if (unit !== undefined) {
    bad("it takes no unit");
  } else if (limit.name === "nice" && (amount < -20 || amount > 19)) {
    bad("it lies between -20 and 19");
  }
}

function checkTime(amount: number, unit: string | undefined, seconds: boolean, bad: (why: string) => void): void {
  if (unit === undefined) return;
  const known = timeUnits.find((each) => each.name === unit);
  if (known === undefined) bad("its unit is a time, such as `ms`, `s` or `min`");
  else if (amount * known.microseconds < (seconds ? microsecondsPerSecond : 1)) {
    bad(seconds ? "it is below one second" : "it is below one microsecond");
  }
}
