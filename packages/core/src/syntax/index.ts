export { parse } from "./parse.ts";
export { print } from "./print.ts";
export {
  childOfKind,
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
