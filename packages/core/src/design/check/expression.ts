import { unquoted } from "../../rules/index.ts";
import { isNode, textOf, type SyntaxNode, type SyntaxTree, type Token } from "../../syntax/index.ts";
import type { SymbolTable } from "./variables.ts";

/** Takes a problem at a place of the expression. */
export type ReportExpression = (message: string, at: Token) => void;

/** Works an expression out as the parser does while it reads; a broken one counts as false. */
export function evaluateExpression(
  tree: SyntaxTree,
  node: SyntaxNode,
  symbols: SymbolTable,
  report: ReportExpression,
): boolean {
  const tokens = node.children.filter(
    (child): child is Token =>
      !isNode(child) && child.role !== undefined && child.role !== "keyword" && child.type !== "error",
  );
  return new Evaluator(tree, tokens, symbols, report).disjunction();
}

/** True where the variable is written as `$…`. */
function isBooleanName(text: string): boolean {
  return text.startsWith("$");
}

function bareName(text: string): string {
  return text.replace(/^[@$]\{?/u, "").replace(/\}$/u, "");
}

class Evaluator {
  readonly #tree: SyntaxTree;
  readonly #tokens: readonly Token[];
  readonly #symbols: SymbolTable;
  readonly #report: ReportExpression;
  #at = 0;

  constructor(tree: SyntaxTree, tokens: readonly Token[], symbols: SymbolTable, report: ReportExpression) {
    this.#tree = tree;
    this.#tokens = tokens;
    this.#symbols = symbols;
    this.#report = report;
  }

  #text(): string {
    const token = this.#tokens[this.#at];
    return token === undefined ? "" : textOf(this.#tree, token);
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.role !== "operator" || this.#text() !== word) return false;
    this.#at++;
    return true;
  }

  disjunction(): boolean {
    let result = this.#conjunction();
    while (this.#takes("or")) result = this.#conjunction() || result;
    return result;
  }

  #conjunction(): boolean {
    let result = this.#negation();
    while (this.#takes("and")) result = this.#negation() && result;
    return result;
  }

  #negation(): boolean {
    let negated = false;
    while (this.#takes("not")) negated = !negated;
    return this.#factor() !== negated;
  }

  #factor(): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined) return false;
    if (token.role === "open") {
      this.#at++;
      const result = this.disjunction();
      if (this.#tokens[this.#at]?.role === "close") this.#at++;
      return result;
    }
    if (this.#takes("defined")) return this.#defined();
    this.#at++;
    const text = textOf(this.#tree, token);
    if (token.role === "name" && isBooleanName(text)) return this.#boolean(text, token);
    const operator = this.#tokens[this.#at];
    if (operator?.role !== "operator" || operator.type !== "punctuation") return this.#literal(text, token);
    const right = this.#tokens[this.#at + 1];
    this.#at += 2;
    return right === undefined ? false : this.#compare(token, textOf(this.#tree, operator), right);
  }

  #defined(): boolean {
    const text = this.#text();
    this.#at++;
    return this.#symbols.get(bareName(text))?.kind === "set";
  }

  #boolean(text: string, token: Token): boolean {
    const symbol = this.#symbols.get(bareName(text));
    if (symbol?.kind === "boolean") return symbol.value;
    this.#report(`the boolean variable \`${text}\` is not set`, token);
    return false;
  }

  #literal(text: string, token: Token): boolean {
    const lower = unquoted(text).toLowerCase();
    if (lower !== "true" && lower !== "false") {
      this.#report(`\`${text}\` is neither \`true\` nor \`false\` nor a comparison`, token);
    }
    return lower === "true";
  }

  #set(token: Token): readonly string[] {
    const text = unquoted(textOf(this.#tree, token));
    if (!/^@(?:\{[A-Za-z]\w*\}|[A-Za-z]\w*)$/u.test(text)) return [text];
    const expansion = this.#symbols.expand(bareName(text));
    if (!("problem" in expansion)) return [...new Set(expansion.values)].toSorted();
    this.#report(expansion.problem, token);
    return [];
  }

  #compare(leftToken: Token, operator: string, rightToken: Token): boolean {
    const left = this.#set(leftToken);
    const right = this.#set(rightToken);
    if (operator === "in") return left.every((each) => right.includes(each));
    const equal = left.length === right.length && left.every((each, index) => each === right[index]);
    if (operator === "==") return equal;
    if (operator === "!=") return !equal;
    const leftNumber = wholeNumber(left);
    const rightNumber = wholeNumber(right);
    if ((leftNumber === null) !== (rightNumber === null)) {
      this.#report("numbers can be compared with numbers only", rightToken);
      return false;
    }
    const [a, b] =
      leftNumber === null || rightNumber === null ? [left.join("\0"), right.join("\0")] : [leftNumber, rightNumber];
    if (operator === "<") return a < b;
    if (operator === "<=") return a <= b;
    return operator === ">" ? a > b : a >= b;
  }
}

/** The number that a set of one value is, decimal, octal or hexadecimal as strtol(3) reads it. */
function wholeNumber(values: readonly string[]): number | null {
  const [value] = values;
  if (values.length !== 1 || value === undefined) return null;
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/u.exec(value);
  if (match === null) return null;
  const digits = match[2] ?? "";
  const amount = /^0[0-7]+$/u.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return match[1] === "-" ? -amount : amount;
}
