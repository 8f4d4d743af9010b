import type { SyntaxTree, Token, TokenType } from "../syntax/index.ts";
import { LineIndex, type TextRange } from "../text/index.ts";
import { tokensIn } from "./tree-walk.ts";

/** How a piece of text is coloured. A variable inside a path is a piece of its own. */
export type SemanticTokenType = Exclude<TokenType, "whitespace">;

/** The legend of the protocol's numbers: each type's place is its number. */
export const semanticTokenTypes: readonly SemanticTokenType[] = [
  "comment",
  "keyword",
  "punctuation",
  "path",
  "variable",
  "permissions",
  "name",
  "value",
  "error",
];

/** A coloured piece of the text. */
export interface SemanticToken extends TextRange {
  readonly type: SemanticTokenType;
}

const variable = /@\{[^}\s]*\}/g;

/** The coloured pieces within a range (the whole text unless told), in order, none empty, none overlapping. */
export function semanticTokens(tree: SyntaxTree, range?: TextRange): SemanticToken[] {
  const within = range ?? { start: 0, end: tree.text.length };
  const pieces: SemanticToken[] = [];
  for (const token of tokensIn(tree.root, within)) {
    const { type } = token;
    if (type === "whitespace" || token.end <= token.start) continue;
    if (type === "path" || type === "value" || type === "name") pieces.push(...withVariables(tree.text, token, type));
    else pieces.push({ start: token.start, end: token.end, type });
  }
  return pieces;
}

function withVariables(text: string, token: Token, type: SemanticTokenType): SemanticToken[] {
  const pieces: SemanticToken[] = [];
  let at = token.start;
  for (const match of text.slice(token.start, token.end).matchAll(variable)) {
    const start = token.start + match.index;
    if (start > at) pieces.push({ start: at, end: start, type });
    at = start + match[0].length;
    pieces.push({ start, end: at, type: "variable" });
  }
  if (at < token.end) pieces.push({ start: at, end: token.end, type });
  return pieces;
}

/**
 * The protocol's encoding: five numbers a token (line and character from the token before, length, type, no modifiers).
 * A token over several lines becomes one a line, as the protocol wants.
 */
export function encodeSemanticTokens(text: string, tokens: readonly SemanticToken[]): number[] {
  const lines = new LineIndex(text);
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    for (const piece of piecesByLine(text, token)) {
      const at = lines.positionAt(piece.start);
      const deltaLine = at.line - 1 - line;
      data.push(deltaLine, at.column - 1 - (deltaLine === 0 ? character : 0), piece.end - piece.start);
      data.push(semanticTokenTypes.indexOf(token.type), 0);
      line = at.line - 1;
      character = at.column - 1;
    }
  }
  return data;
}

function* piecesByLine(text: string, range: TextRange): Generator<TextRange, void, undefined> {
  let start = range.start;
  for (const part of text.slice(range.start, range.end).split("\n")) {
    const length = part.endsWith("\r") ? part.length - 1 : part.length;
    if (length > 0) yield { start, end: start + length };
    start += part.length + 1;
  }
}
