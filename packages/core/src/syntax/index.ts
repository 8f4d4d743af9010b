export { maximalErrors } from "./cursor.ts";
export { parse } from "./parse.ts";
export { print } from "./print.ts";
export { reparse, type KeptItems, type Reparsed } from "./reparse.ts";
export {
  childOfKind,
  firstEndingBehind,
  isNode,
  textOf,
  tokensWithRole,
  tokenWithRole,
  type NodeKind,
  type RuleKindName,
  type SyntaxElement,
  type SyntaxError,
  type SyntaxNode,
  type SyntaxTree,
  type Token,
  type TokenRole,
  type TokenType,
} from "./tree.ts";
