import type { FileView } from "../design/index.ts";
import { isNode, type SyntaxError, type SyntaxNode } from "../syntax/index.ts";
import type { Fix, TextRange } from "../text/index.ts";
import { fixOf, replacement } from "./fixes.ts";

/** Fixes for syntax errors of which only one mending makes sense. */
export function syntaxFixes(file: FileView, error: SyntaxError): Fix[] {
  switch (error.code) {
    case "syntax/expected-comma":
      return error.start === error.end
        ? fixOf({ title: "Put the missing comma" }, replacement(file, { start: error.start, end: error.start }, ","))
        : [];
    case "syntax/unexpected-brace":
      return fixOf({ title: "Remove this brace" }, replacement(file, error, ""));
    case "syntax/byte-order-mark":
      return fixOf({ title: "Remove the byte order mark" }, replacement(file, error, ""));
    case "syntax/expected-blank":
      return error.start === error.end
        ? fixOf({ title: "Put a blank here" }, replacement(file, { start: error.start, end: error.start }, " "))
        : [];
    case "syntax/comment-in-rule":
      return commentAbove(file, error);
    default:
      return [];
  }
}

/** A comment inside of a rule that begins its line goes on a line of its own above it. */
function commentAbove(file: FileView, error: SyntaxError): Fix[] {
  const { text, root } = file.tree;
  const rule = ruleAround(root, error);
  if (rule === undefined) return [];
  const lineStart = text.lastIndexOf("\n", rule.start - 1) + 1;
  const indent = text.slice(lineStart, rule.start);
  if (indent.trim() !== "") return [];
  const eol = text[text.indexOf("\n", rule.start) - 1] === "\r" ? "\r\n" : "\n";
  const comment = text.slice(error.start, error.end);
  const blanks = /[ \t]*$/u.exec(text.slice(rule.start, error.start))?.[0].length ?? 0;
  return fixOf(
    { title: "Put the comment above the rule" },
    replacement(file, { start: rule.start, end: rule.start }, comment + eol + indent),
    replacement(file, { start: error.start - blanks, end: error.end }, ""),
  );
}

function ruleAround(node: SyntaxNode, { start, end }: TextRange): SyntaxNode | undefined {
  const child = node.children.find(
    (each): each is SyntaxNode => isNode(each) && each.start <= start && end <= each.end,
  );
  if (child === undefined || child.kind.endsWith("-rule")) return child;
  return ruleAround(child, { start, end });
}
