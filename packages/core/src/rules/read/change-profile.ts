import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { ChangeProfileRuleValue } from "../rule-values.ts";
import { hasKeyword, readQualifiers, roleText } from "./parts.ts";

/** The typed view of a change_profile rule. */
export function readChangeProfileRule(tree: SyntaxTree, node: SyntaxNode): ChangeProfileRuleValue {
  const safe = hasKeyword(tree, node, "safe");
  return {
    kind: "change_profile",
    qualifiers: readQualifiers(tree, node),
    safety: safe ? "safe" : hasKeyword(tree, node, "unsafe") ? "unsafe" : null,
    exec: roleText(tree, node, "path"),
    target: roleText(tree, node, "target"),
  };
}
