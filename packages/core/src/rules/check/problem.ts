import { isNode, textOf, tokenWithRole, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import { unquoted } from "../read/parts.ts";

/** What a parser refuses in a rule that is well-formed: where, and why in words. */
export interface RuleProblem {
  /** Stable, for example `rule/unknown-capability`. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A piece of text of a rule, quotes taken away, and where it stands. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A condition with the places of its parts; the operator is null where only the key is written. */
export interface ConditionPiece extends Piece {
  readonly key: string;
  readonly operator: "=" | "in" | null;
  readonly values: readonly Piece[];
}

/** Takes a problem at a place. */
export type Report = (code: string, message: string, at: { readonly start: number; readonly end: number }) => void;

function pieceOf(tree: SyntaxTree, at: { readonly start: number; readonly end: number }): Piece {
  return { text: unquoted(tree.text.slice(at.start, at.end)), start: at.start, end: at.end };
}

/** All pieces of a node (not of its child nodes) with the role. */
export function piecesWithRole(
  tree: SyntaxTree,
  node: SyntaxNode,
  role: Parameters<typeof tokenWithRole>[1],
): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const child of node.children) if (!isNode(child) && child.role === role) pieces.push(pieceOf(tree, child));
  return pieces;
}

/** The first piece of a node with the role. */
export function pieceWithRole(
  tree: SyntaxTree,
  node: SyntaxNode,
  role: Parameters<typeof tokenWithRole>[1],
): Piece | undefined {
  const token = tokenWithRole(node, role);
  return token === undefined ? undefined : pieceOf(tree, token);
}

/** The conditions among a node's children with their places. */
export function conditionPieces(tree: SyntaxTree, node: SyntaxNode): readonly ConditionPiece[] {
  const conditions: ConditionPiece[] = [];
  for (const child of node.children) {
    if (!isNode(child) || child.kind !== "condition") continue;
    const key = pieceWithRole(tree, child, "key");
    const operator = tokenWithRole(child, "operator");
    conditions.push({
      ...pieceOf(tree, child),
      key: key?.text ?? "",
      operator: operator === undefined ? null : textOf(tree, operator) === "in" ? "in" : "=",
      values: piecesWithRole(tree, child, "value"),
    });
  }
  return conditions;
}

/** The conditions of the `peer=(…)` group; undefined where there is no group. */
export function peerPieces(tree: SyntaxTree, node: SyntaxNode): readonly ConditionPiece[] | undefined {
  const peer = node.children.find((child): child is SyntaxNode => isNode(child) && child.kind === "peer");
  return peer === undefined ? undefined : conditionPieces(tree, peer);
}

/** Reports conditions that stand twice; `named` says in which rule. */
export function reportTwice(conditions: readonly ConditionPiece[], report: Report, except?: string): void {
  const seen = new Set<string>();
  for (const condition of conditions) {
    if (seen.has(condition.key) && condition.key !== except) {
      report("rule/condition-twice", `\`${condition.key}=\` can stand only once`, condition);
    }
    seen.add(condition.key);
  }
}

/** Reports conditions that the kind of rule does not know, and `in` or a missing value where only `=` is allowed. */
export function reportUnknown(
  conditions: readonly ConditionPiece[],
  known: ReadonlySet<string>,
  rule: string,
  report: Report,
): void {
  for (const condition of conditions) {
    if (!known.has(condition.key)) {
      const list = [...known].map((key) => `\`${key}\``).join(", ");
      report("rule/unknown-condition", `${rule} rules know no condition \`${condition.key}\`, only ${list}`, condition);
    } else if (condition.operator !== "=") {
      report("rule/condition-operator", `\`${condition.key}\` takes \`=\` and a value in ${rule} rules`, condition);
    }
  }
}

/** Reports a condition with more than one value. */
export function reportManyValues(condition: ConditionPiece, report: Report): void {
  if (condition.values.length > 1) {
    report("rule/one-value", `\`${condition.key}=\` takes a single value`, condition);
  }
}
