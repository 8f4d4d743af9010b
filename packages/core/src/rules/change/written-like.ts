import { textOf, tokenWithRole, type SyntaxTree } from "../../syntax/index.ts";
import type { PlacedRule } from "../placed-rule.ts";
import type { RuleValue } from "../rule-values.ts";
import { writeFileRule } from "../write/file-rule.ts";
import { permissionsLike } from "../write/permissions.ts";
import { writeRule } from "../write/write-rule.ts";

/** The value in canonical words, but file permissions as near to the person's spelling as they can be. */
export function writtenLike(tree: SyntaxTree, { node }: PlacedRule, value: RuleValue): string {
  const permissions = value.kind === "file" ? tokenWithRole(node, "permissions") : undefined;
  if (value.kind !== "file" || permissions === undefined || node.kind !== "file-rule") return writeRule(value);
  return writeFileRule(value, permissionsLike(textOf(tree, permissions), value.permissions, value.exec));
}
