import { tokensWithRole, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import type { RlimitRuleValue } from "../rule-values.ts";
import { readQualifiers, roleText } from "./parts.ts";

/** The typed view of `set rlimit`; the value is as written, from its number to its unit. */
export function readRlimitRule(tree: SyntaxTree, node: SyntaxNode): RlimitRuleValue {
  const values = tokensWithRole(node, "value");
  const first = values[0];
  const last = values[values.length - 1];
  return {
    kind: "rlimit",
    qualifiers: readQualifiers(tree, node),
    resource: roleText(tree, node, "name") ?? "",
    value: first === undefined || last === undefined ? "" : tree.text.slice(first.start, last.end),
  };
}
