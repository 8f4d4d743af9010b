import { isNode, textOf, type SyntaxNode, type SyntaxTree, type TokenRole } from "../../syntax/index.ts";
import { noQualifiers, type Condition, type Qualifiers } from "../rule-values.ts";

/** A text without the quotes around it; escapes stay as written. */
export function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** The text of the first token with the role, quotes taken away; null where there is none. */
export function roleText(tree: SyntaxTree, node: SyntaxNode, role: TokenRole): string | null {
  for (const child of node.children) {
    if (!isNode(child) && child.role === role) return unquoted(textOf(tree, child));
  }
  return null;
}

/** The texts of all tokens with the role, quotes taken away. */
export function roleTexts(tree: SyntaxTree, node: SyntaxNode, role: TokenRole): string[] {
  const texts: string[] = [];
  for (const child of node.children) {
    if (!isNode(child) && child.role === role) texts.push(unquoted(textOf(tree, child)));
  }
  return texts;
}

/** True where the rule has this word as a keyword. */
export function hasKeyword(tree: SyntaxTree, node: SyntaxNode, word: string): boolean {
  return node.children.some((child) => !isNode(child) && child.role === "keyword" && textOf(tree, child) === word);
}

/** The qualifiers that stand before a rule or block. */
export function readQualifiers(tree: SyntaxTree, node: SyntaxNode): Qualifiers {
  const first = node.children[0];
  if (first === undefined || !isNode(first) || first.kind !== "qualifiers") return noQualifiers;
  let priority: Qualifiers["priority"] = null;
  let audit = false;
  let quiet = false;
  let access: Qualifiers["access"] = null;
  let owner: Qualifiers["owner"] = null;
  for (const child of first.children) {
    if (isNode(child) || child.role !== "qualifier") continue;
    const word = textOf(tree, child);
    if (word === "audit") audit = true;
    else if (word === "quiet") quiet = true;
    else if (word === "allow" || word === "deny" || word === "prompt") access = word;
    else if (word === "owner" || word === "user") owner = "owner";
    else if (word === "other") owner = "other";
    else priority = readPriority(word);
  }
  return { priority, audit, quiet, access, owner };
}

function readPriority(text: string): number | null {
  const digits = /[+-]?\d+$/u.exec(text)?.[0];
  return digits === undefined ? null : Number.parseInt(digits, 10);
}

/** The conditions among a node's children, in the order of the text. */
export function readConditions(tree: SyntaxTree, node: SyntaxNode): Condition[] {
  const conditions: Condition[] = [];
  for (const child of node.children) {
    if (isNode(child) && child.kind === "condition") conditions.push(readCondition(tree, child));
  }
  return conditions;
}

function readCondition(tree: SyntaxTree, node: SyntaxNode): Condition {
  const operator = roleText(tree, node, "operator");
  return {
    key: roleText(tree, node, "key") ?? "",
    operator: operator === "in" || operator === "==" || operator === "!=" ? operator : "=",
    values: roleTexts(tree, node, "value"),
  };
}

/** The conditions of the `peer=(…)` group, empty where there is none. */
export function readPeer(tree: SyntaxTree, node: SyntaxNode): Condition[] {
  for (const child of node.children) if (isNode(child) && child.kind === "peer") return readConditions(tree, child);
  return [];
}
