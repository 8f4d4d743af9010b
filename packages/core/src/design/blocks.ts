import type { RuleValue } from "../rules/index.ts";
import { childOfKind, isNode, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import type { ProfileRule } from "./design.ts";

/** Rules about paths, and the changes of profile that are compiled like them. */
const keptKinds: ReadonlySet<RuleValue["kind"]> = new Set(["file", "link", "change_profile"]);

/** True for a kind of rules that parsers keep in a block. */
export function isKeptInBlocks(kind: RuleValue["kind"]): boolean {
  return keptKinds.has(kind);
}

/** What stands before the braces of a conditional branch or a qualified block, its white space made single. */
export function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOfKind(node, "body");
  const open = node.children.find((child) => !isNode(child) && child.role === "open");
  return tree.text
    .slice(node.start, body?.start ?? open?.start ?? node.end)
    .replaceAll(/\s+/gu, " ")
    .trim();
}

/** The outermost block of rules (`audit { … }`) around a rule; undefined where it stands in none. */
export function blockAround({ within }: ProfileRule): SyntaxNode | undefined {
  return within.find(({ kind }) => kind === "qualified-block");
}

/**
 * True for a rule that no parser keeps: one in a block that is not about files. Measured with 3.0.8 and 5.0.2: such a rule
 * is read, and the compiled policy is the same without it.
 */
export function isDropped(placed: ProfileRule): boolean {
  return blockAround(placed) !== undefined && !isKeptInBlocks(placed.rule.value.kind);
}

/** The includes, child profiles and hats that stand in a block of rules, in the order of the text; those of a profile's body. */
export function insideBlocks(body: SyntaxNode, inBlock = false): readonly SyntaxNode[] {
  return body.children.flatMap((child): readonly SyntaxNode[] => {
    if (!isNode(child)) return [];
    if (child.kind === "include" || child.kind === "profile" || child.kind === "hat") return inBlock ? [child] : [];
    const isBlock = child.kind === "qualified-block";
    const holds =
      isBlock || child.kind === "conditional" || child.kind === "conditional-branch" || child.kind === "body";
    return holds ? insideBlocks(child, inBlock || isBlock) : [];
  });
}
