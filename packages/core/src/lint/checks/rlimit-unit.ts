import { rewriteRule } from "../../edit/index.ts";
import { limitProblem, type RlimitRuleValue } from "../../rules/index.ts";
import { tokensWithRole, type SyntaxNode } from "../../syntax/index.ts";
import type { TextRange } from "../../text/index.ts";
import { rlimits, sizeUnits, timeUnits, wordNamed } from "../../vocabulary/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { writtenRules } from "../scopes.ts";

/** Units that the parser does not take. */
export const rlimitUnit: LintRule = {
  id: "rlimit-unit",
  severity: "error",
  title: "Limit with a wrong unit",
  covers: ["rule/bad-rlimit"],
  explanation: {
    what: "A limit whose unit the language does not have, such as `512mb`, `1TB` or `1K` files, or processor time below a second.",
    why: "The parser refuses it. Sizes end in `K`, `M`, `G` or `KB`, `MB`, `GB`, in capitals; counts have no unit; processor time is counted in seconds.",
    instead: "Write the unit as the language has it. No limit at all is `infinity`.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  set rlimit as <= 512mb,\n\n  include if exists <local/x>\n}\n",
    at: "512mb",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  set rlimit as <= 512MB,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) =>
      writtenRules(scope, "rlimit").flatMap((rule) => {
        const right = rightValue(rule.value);
        if (right === undefined) return [];
        return [
          {
            range: valueRange(rule.node),
            message: `\`${rule.value.value}\` is no value for \`${rule.value.resource}\``,
            fixes: () =>
              right.flatMap((value) =>
                fixOf({ title: `Write \`${value}\`` }, rewriteRule(file, rule, { ...rule.value, value })),
              ),
          },
        ];
      }),
    ),
};

/** The number and its unit, which are tokens of their own. */
function valueRange(node: SyntaxNode): TextRange {
  const tokens = tokensWithRole(node, "value");
  return { start: tokens[0]?.start ?? node.start, end: tokens.at(-1)?.end ?? node.end };
}

/** What a wrong value means, most likely first: none where its unit can be read in more than one way; undefined where it is right. */
function rightValue({ resource, value }: RlimitRuleValue): readonly string[] | undefined {
  const limit = wordNamed(rlimits, resource);
  if (limit === undefined) return undefined;
  if (/^(?:unlimited|none|inf|INFINITY)$/u.test(value)) return ["infinity"];
  const parts = /^(\d+)\s*([A-Za-z]+)$/u.exec(value);
  if (parts === null || limitProblem(resource, value) === null) return undefined;
  const number = parts[1] ?? "";
  const unit = parts[2] ?? "";
  switch (limit.unit) {
    case "bytes":
      return sizeMeant(number, unit);
    case "count":
    case "priority":
      return countMeant(number, unit);
    case "seconds":
    case "microseconds":
      return timeMeant(limit.unit, number, unit);
  }
}

function sizeMeant(number: string, unit: string): readonly string[] {
  const letter = unit.charAt(0).toUpperCase();
  if (/^[KMG]i?B?$/iu.test(unit)) return [`${number}${letter}B`];
  if (/^Ti?B?$/iu.test(unit)) return [`${Number(number) * 1024}GB`];
  return /^b(?:ytes?)?$/iu.test(unit) ? [number] : [];
}

/** A lone letter multiplies; bytes of files or processes could mean the number as well. */
function countMeant(number: string, unit: string): readonly string[] {
  const factor = /^[KMG]$/iu.test(unit) ? wordNamed(sizeUnits, unit.toUpperCase())?.bytes : undefined;
  return factor === undefined ? [] : [String(Number(number) * factor)];
}

function timeMeant(unit: "seconds" | "microseconds", number: string, written: string): readonly string[] {
  const lower = wordNamed(timeUnits, written.toLowerCase());
  if (lower === undefined) return /^secs$/iu.test(written) ? [`${number}s`] : [];
  if (lower.name !== written) return [`${number}${lower.name}`];
  return unit === "seconds" ? ["1s", `${number}s`] : [];
}
