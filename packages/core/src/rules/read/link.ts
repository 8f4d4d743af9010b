import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { LinkRuleValue } from "../rule-values.ts";
import { hasKeyword, readQualifiers, roleText } from "./parts.ts";

/** The typed view of a link rule. */
export function readLinkRule(tree: SyntaxTree, node: SyntaxNode): LinkRuleValue {
  return {
    kind: "link",
    qualifiers: readQualifiers(tree, node),
    subset: hasKeyword(tree, node, "subset"),
    path: roleText(tree, node, "path") ?? "",
    target: roleText(tree, node, "target") ?? "",
  };
}
