import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { CapabilityRuleValue } from "../rule-values.ts";
import { readQualifiers, roleTexts } from "./parts.ts";

/** The typed view of a capability rule. */
export function readCapabilityRule(tree: SyntaxTree, node: SyntaxNode): CapabilityRuleValue {
  return { kind: "capability", qualifiers: readQualifiers(tree, node), names: roleTexts(tree, node, "name") };
}
