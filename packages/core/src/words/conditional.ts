import { childOfKind, isNode, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import { code } from "./lists.ts";

/** What stands before the braces of a conditional branch or qualified block, its white space made single. */
export function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOfKind(node, "body");
  const open = node.children.find((child) => !isNode(child) && child.role === "open");
  return tree.text
    .slice(node.start, body?.start ?? open?.start ?? node.end)
    .replaceAll(/\s+/gu, " ")
    .trim();
}

/** When the rules of a branch hold, to go on from "only …". */
function branchWords(tree: SyntaxTree, branch: SyntaxNode): string {
  const head = headOf(tree, branch);
  const condition = /^(?:else )?if (.+)$/u.exec(head)?.[1];
  if (condition === undefined) return "where no condition before its `else` holds";
  const other = head.startsWith("else") ? "where none before it holds, and " : "";
  return `${other}if ${conditionWords(condition)}`;
}

/** The short forms of conditions in words, others as they stand. */
function conditionWords(condition: string): string {
  const defined = /^(not )?defined (\S+)$/u.exec(condition);
  if (defined !== null) return `${code(defined[2] ?? "")} is ${defined[1] === undefined ? "" : "not "}set`;
  const boolean = /^(not )?(\$\{?\w+\}?)$/u.exec(condition);
  if (boolean !== null) return `${code(boolean[2] ?? "")} is ${boolean[1] === undefined ? "true" : "false"}`;
  return `${code(condition)} holds`;
}

/** When a rule holds: a sentence for the conditionals around it; null where there are none. */
export function sayConditions(tree: SyntaxTree, within: readonly SyntaxNode[]): string | null {
  const branches = within.filter(({ kind }) => kind === "conditional-branch");
  if (branches.length === 0) return null;
  return `This holds only ${branches.map((branch) => branchWords(tree, branch)).join(", and only ")}.`;
}
