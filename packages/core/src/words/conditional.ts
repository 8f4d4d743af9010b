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
  return head.startsWith("else")
    ? `where no condition before it holds and ${conditionWords(condition)}`
    : `if ${conditionWords(condition)}`;
}

/** The short forms of conditions in words, others as they stand. */
function conditionWords(condition: string): string {
  const defined = /^(not )?defined (\S+)$/u.exec(condition);
  if (defined !== null) return `${code(defined[2] ?? "")} is ${defined[1] === undefined ? "" : "not "}set`;
  const boolean = /^(not )?(\$\{?\w+\}?)$/u.exec(condition);
  if (boolean !== null) return `${code(boolean[2] ?? "")} is ${boolean[1] === undefined ? "true" : "false"}`;
  return `${code(condition)} holds`;
}

/** How many conditions around a rule are said; the ones nearest to it. */
const mostConditions = 4;

/** When a rule holds: a sentence for the conditionals around it; null where there are none. */
export function sayConditions(tree: SyntaxTree, within: readonly SyntaxNode[]): string | null {
  const branches = within.filter(({ kind }) => kind === "conditional-branch");
  if (branches.length === 0) return null;
  const said = branches.slice(-mostConditions).map((branch) => branchWords(tree, branch));
  const more = branches.length - said.length;
  const all = more === 0 ? said : [...said, `where ${more} more around ${said.length === 1 ? "it" : "them"} hold`];
  return `This holds only ${all.join(", and only ")}.`;
}
