/**
 * Where the pieces of AppArmor's lexical grammar end. Every function takes the text and the offset at which a piece
 * begins, and returns the offset after it, or the same offset (or -1 where said) if no such piece begins there.
 * The character classes are those of apparmor_parser 5.0's lexer.
 */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const AMPERSAND = 0x26;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const AT = 0x40;
export const BACKSLASH = 0x5c;
export const CARET = 0x5e;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** True for a letter of ASCII. */
export function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** True for a letter or digit of ASCII, or an underscore. */
export function isWordPart(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
}

/** True for a digit of ASCII. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** True for a blank or an end of line. */
export function isSpace(code: number): boolean {
  return code === SPACE || code === LF || code === TAB || code === CR;
}

/** True where an unquoted identifier may not go on: blanks, line ends, `"`, `!`, `,`. */
function stopsIdentifier(code: number): boolean {
  return (
    code === SPACE || code === LF || code === TAB || code === CR || code === QUOTE || code === BANG || code === COMMA
  );
}

/** True for what a backslash makes part of an identifier. */
function isEscapable(code: number): boolean {
  return code === SPACE || code === TAB || code === QUOTE || code === BANG || code === COMMA;
}

/**
 * The end of the rest of an identifier: `/usr/bin/x`, `a\ b`, `a,b`. A comma goes on only where a
 * character of an identifier follows it.
 */
export function identifierEnd(text: string, from: number): number {
  const length = text.length;
  let at = from;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code > COMMA && code !== BACKSLASH) {
      at++;
    } else if (code === BACKSLASH) {
      at += at + 1 < length && isEscapable(text.charCodeAt(at + 1)) ? 2 : 1;
    } else if (code === COMMA) {
      if (at + 1 >= length || stopsIdentifier(text.charCodeAt(at + 1))) return at;
      at += 2;
    } else if (stopsIdentifier(code)) {
      return at;
    } else {
      at++;
    }
  }
  return at;
}

/** The end of `"…"`, its quotes included, over line ends too; -1 where the closing quote is missing. */
export function quotedEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0) return -1;
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH && text.charCodeAt(at + 1) === QUOTE) at++;
  }
  return -1;
}

/** The end of a word: a letter, then letters, digits and underscores. */
export function wordEnd(text: string, from: number): number {
  if (!isLetter(text.charCodeAt(from))) return from;
  let at = from + 1;
  while (isWordPart(text.charCodeAt(at))) at++;
  return at;
}

/** The end of `@{NAME}`, `@NAME`, `${NAME}` or `$NAME`; `from` where it is none. */
export function variableEnd(text: string, from: number): number {
  if (text.charCodeAt(from + 1) === OPEN_BRACE) {
    const end = wordEnd(text, from + 2);
    return end > from + 2 && text.charCodeAt(end) === CLOSE_BRACE ? end + 1 : from;
  }
  const end = wordEnd(text, from + 1);
  return end > from + 1 ? end : from;
}

/** True where text after a variable makes it the beginning of a path: `@{HOME}/x`, not `@{HOME} =`. */
function goesOnAfterVariable(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const code = text.charCodeAt(at);
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : SPACE;
  if (isSpace(code) || code === QUOTE || code === BANG || code === EQUALS || code === PLUS) return false;
  if (code === QUESTION) return next === QUESTION;
  if (code === COMMA) return !stopsIdentifier(next) && next !== EQUALS && next !== PLUS && next !== QUESTION;
  return true;
}

/**
 * The end of a path or label where a rule may begin: `/usr/**`, `@{HOME}/x`, `:ns:name`, `&name`. A variable that
 * stands alone is not one, nor is a quoted label; `from` then.
 */
export function labelEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === SLASH || code === AMPERSAND) return identifierEnd(text, from + 1);
  if (code === COLON) {
    const next = text.charCodeAt(from + 1);
    return Number.isNaN(next) || next === EQUALS ? from : identifierEnd(text, from + 2);
  }
  if (code !== AT) return from;
  const variable = variableEnd(text, from);
  if (variable === from || !goesOnAfterVariable(text, variable)) return from;
  return identifierEnd(text, variable);
}

/**
 * The end of an operand of a rule with conditions (mount, dbus, network, …): as an identifier, but `=` and `)` end
 * it and `(`, `+`, `&` cannot begin it; a path or label may hold them all.
 */
export function operandEnd(text: string, from: number): number {
  const label = labelEnd(text, from);
  const first = text.charCodeAt(from);
  if (Number.isNaN(first) || isSpace(first) || first === QUOTE || first === BANG || first === COMMA) return label;
  if (first === EQUALS || first === OPEN_PAREN || first === CLOSE_PAREN || first === PLUS || first === AMPERSAND) {
    return label;
  }
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      const next = text.charCodeAt(at + 1);
      if (Number.isNaN(next) || stopsIdentifier(next) || next === EQUALS || next === CLOSE_PAREN) break;
      at++;
    } else if (stopsIdentifier(code) || code === EQUALS || code === CLOSE_PAREN) {
      break;
    }
  }
  return Math.max(at, label);
}

/** The end of a value in a parenthesised list: blanks, line ends, `"`, `!`, `,`, `(` and `)` end it. */
export function listValueEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (isEscapable(next) || next === OPEN_PAREN || next === CLOSE_PAREN) at++;
    } else if (stopsIdentifier(code) || code === OPEN_PAREN || code === CLOSE_PAREN) {
      return at;
    }
  }
  return at;
}

/**
 * The end of file permissions (`rw`, `Pix`, `mrwklx`): only where a blank, a line end or a comma follows; `from`
 * where it is something else, for example a word.
 */
export function permissionsEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    const lower = code | 0x20;
    // r w l m x in either case, a and k in lower case only
    if (lower === 0x72 || lower === 0x77 || lower === 0x6c || lower === 0x6d || lower === 0x78) at++;
    else if (code === 0x61 || code === 0x6b) at++;
    else {
      const end = execModeEnd(text, at);
      if (end === at) break;
      at = end;
    }
  }
  // The letters of `all` are permissions each, but the word is the rule's keyword wherever it stands.
  if (at === from || (at === from + 3 && text.startsWith("all", from))) return from;
  const after = text.charCodeAt(at);
  return isSpace(after) || after === COMMA || after === 0x0b || after === 0x0c ? at : from;
}

/** The end of `ix`, `Px`, `cUx` …, in any case; `from` where none stands. */
function execModeEnd(text: string, from: number): number {
  const first = text.charCodeAt(from) | 0x20;
  const second = text.charCodeAt(from + 1) | 0x20;
  const changes = first === 0x70 || first === 0x63; // p c
  if (second === 0x78) return changes || first === 0x69 || first === 0x75 ? from + 2 : from; // x; i u
  const falls = second === 0x69 || second === 0x75;
  return changes && falls && (text.charCodeAt(from + 2) | 0x20) === 0x78 ? from + 3 : from;
}
