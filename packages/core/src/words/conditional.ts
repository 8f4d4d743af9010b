import { headOf } from "../design/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";
import { code } from "./lists.ts";

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

/** What the conditionals and blocks around an include do to what it takes in; whole sentences. */
export function includePlaceNotes(tree: SyntaxTree, within: readonly SyntaxNode[]): readonly string[] {
  const block = blockHead(tree, within);
  const kept = `It stands in a block ${block ?? ""}: the parser keeps only its rules about files, and gives them what the block says.`;
  return [...conditionNotes(tree, within), ...(block === null ? [] : [kept])];
}

/** What the conditionals and blocks around a child profile or hat do to it; whole sentences. */
export function childPlaceNotes(tree: SyntaxTree, within: readonly SyntaxNode[]): readonly string[] {
  const block = blockHead(tree, within);
  const lost = `No parser keeps it: it stands in a block ${block ?? ""}, which keeps only rules about files.`;
  return [...conditionNotes(tree, within), ...(block === null ? [] : [lost])];
}

function conditionNotes(tree: SyntaxTree, within: readonly SyntaxNode[]): readonly string[] {
  const condition = sayConditions(tree, within);
  return condition === null ? [] : [condition];
}

/** The outermost block, which is the one that counts; null where there is none. */
function blockHead(tree: SyntaxTree, within: readonly SyntaxNode[]): string | null {
  const block = within.find(({ kind }) => kind === "qualified-block");
  return block === undefined ? null : code(`${headOf(tree, block)} { … }`.trim());
}
