import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { MountRuleValue } from "../rule-values.ts";
import { readConditions, readQualifiers, roleText } from "./parts.ts";

/** The typed view of mount, remount, umount and pivot_root. */
export function readMountRule(tree: SyntaxTree, node: SyntaxNode, kind: MountRuleValue["kind"]): MountRuleValue {
  return {
    kind,
    qualifiers: readQualifiers(tree, node),
    conditions: readConditions(tree, node),
    source: roleText(tree, node, "source"),
    target: roleText(tree, node, "target"),
    transition: roleText(tree, node, "exec-target"),
  };
}
