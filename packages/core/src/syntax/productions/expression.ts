import {
  BANG,
  CLOSE_PAREN,
  DOLLAR,
  EQUALS,
  GREATER,
  LESS,
  OPEN_BRACE,
  OPEN_PAREN,
  operandEnd,
  QUOTE,
  variableEnd,
  isSpace,
} from "../characters.ts";
import { maximalDepth, type Cursor } from "../cursor.ts";
import { takeQuoted } from "./operands.ts";

/** How the expression is bounded: a condition goes over lines up to its `{`, an assignment ends with its line. */
export type ExpressionPlace = "condition" | "assignment";

function space(c: Cursor, place: ExpressionPlace): void {
  if (place === "condition") c.space();
  else c.assignmentSpace();
}

function atExpressionEnd(c: Cursor, place: ExpressionPlace): boolean {
  if (c.atEnd) return true;
  return place === "condition" ? atBodyBrace(c) : isSpace(c.code);
}

/** True at the `{` of a block: one that no further text clings to. */
function atBodyBrace(c: Cursor): boolean {
  return c.code === OPEN_BRACE && operandEnd(c.text, c.pos) === c.pos + 1;
}

/** The end of the operator of a comparison at the place; the same place where there is none. */
function comparisonEnd(c: Cursor): number {
  const code = c.code;
  const next = c.text.charCodeAt(c.pos + 1);
  if ((code === EQUALS || code === BANG) && next === EQUALS) return c.pos + 2;
  if (code === LESS || code === GREATER) return c.pos + (next === EQUALS ? 2 : 1);
  return c.atWord("in") ? c.pos + 2 : c.pos;
}

function expectedOperand(c: Cursor): boolean {
  c.error("syntax/expected", `expected a variable or value, found ${c.found()}`, c.lastEnd, Math.max(c.lastEnd, c.pos));
  return false;
}

/** `a or b`, loosest of all. False where the rest cannot be read; the error is noted then. */
export function takeExpression(c: Cursor, place: ExpressionPlace): boolean {
  for (;;) {
    if (!takeConjunction(c, place)) return false;
    space(c, place);
    if (!c.atWord("or")) return true;
    c.take("keyword", c.pos + 2, "operator");
    space(c, place);
  }
}

function takeConjunction(c: Cursor, place: ExpressionPlace): boolean {
  for (;;) {
    while (c.atWord("not")) {
      c.take("keyword", c.pos + 3, "operator");
      space(c, place);
    }
    if (!takeFactor(c, place)) return false;
    space(c, place);
    if (!c.atWord("and")) return true;
    c.take("keyword", c.pos + 3, "operator");
    space(c, place);
  }
}

/** `defined @{X}`, `$flag`, `( … )`, `a == b`, or a lone value. */
function takeFactor(c: Cursor, place: ExpressionPlace): boolean {
  if (c.code === OPEN_PAREN) return takeParenthesised(c, place);
  if (c.atWord("defined")) {
    c.take("keyword", c.pos + "defined".length, "operator");
    space(c, place);
    const end = c.code === DOLLAR || c.code === 0x40 ? variableEnd(c.text, c.pos) : c.pos;
    if (end === c.pos) return expectedOperand(c);
    c.take("variable", end, "name");
    return true;
  }
  const isBoolean = c.code === DOLLAR && variableEnd(c.text, c.pos) > c.pos;
  if (!takeComparand(c, place)) return expectedOperand(c);
  if (isBoolean) return true;
  space(c, place);
  const operator = comparisonEnd(c);
  if (operator === c.pos) return true;
  c.take("punctuation", operator, "operator");
  space(c, place);
  return takeComparand(c, place) || expectedOperand(c);
}

function takeParenthesised(c: Cursor, place: ExpressionPlace): boolean {
  const opened = c.pos;
  if (c.depth >= maximalDepth) {
    c.error("syntax/too-deep", `parentheses nest deeper than ${maximalDepth} levels here`, opened, opened + 1);
    return false;
  }
  c.take("punctuation", c.pos + 1, "open");
  c.depth++;
  space(c, place);
  const read = takeExpression(c, place);
  c.depth--;
  if (!read) return false;
  if (c.code !== CLOSE_PAREN) {
    c.error("syntax/expected-parenthesis", "expected `)` to close the parenthesis that opens here", opened, opened + 1);
    return false;
  }
  c.take("punctuation", c.pos + 1, "close");
  return true;
}

const operatorWords: ReadonlySet<string> = new Set(["and", "or", "not", "defined", "in"]);

function takeComparand(c: Cursor, place: ExpressionPlace): boolean {
  if (atExpressionEnd(c, place)) return false;
  if (c.code === QUOTE) {
    takeQuoted(c, "value", "value");
    return true;
  }
  if (c.code === DOLLAR || c.code === 0x40) {
    const variable = variableEnd(c.text, c.pos);
    const end = Math.max(variable, c.code === DOLLAR ? variable : operandEnd(c.text, c.pos));
    if (end > c.pos) {
      c.take(end === variable ? "variable" : "value", end, end === variable ? "name" : "value");
      return true;
    }
  }
  if (c.code === LESS || c.code === GREATER) return false;
  const end = operandEnd(c.text, c.pos);
  if (end === c.pos || operatorWords.has(c.text.slice(c.pos, end))) return false;
  c.take("value", end, "value");
  return true;
}

/** Takes what is left of an expression that cannot be read, as an error node. */
export function takeRestOfExpression(c: Cursor, place: ExpressionPlace): void {
  c.open();
  for (;;) {
    c.blanks();
    if (c.atEnd || c.code === 0x0a || c.code === 0x0d || (place === "condition" && atBodyBrace(c))) break;
    let at = c.pos + 1;
    while (at < c.text.length && !isSpace(c.text.charCodeAt(at)) && c.text.charCodeAt(at) !== OPEN_BRACE) at++;
    c.take("error", at);
  }
  c.close("error");
}
