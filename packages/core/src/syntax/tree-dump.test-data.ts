import { isNode, textOf, type SyntaxElement, type SyntaxTree } from "./tree.ts";

/** A tree as text to compare: a line for every node and token, then the errors. */
export function dumpTree(tree: SyntaxTree): string {
  const lines: string[] = [];
  const visit = (element: SyntaxElement, indent: string): void => {
    if (isNode(element)) {
      lines.push(`${indent}${element.kind} ${element.start}-${element.end}`);
      for (const child of element.children) visit(child, `${indent}  `);
      return;
    }
    const role = element.role === undefined ? "" : `.${element.role}`;
    lines.push(`${indent}${element.type}${role} ${JSON.stringify(textOf(tree, element))}`);
  };
  visit(tree.root, "");
  if (tree.errors.length > 0) lines.push("");
  for (const { code, start, end, message } of tree.errors) lines.push(`${start}-${end} ${code}: ${message}`);
  return `${lines.join("\n")}\n`;
}
