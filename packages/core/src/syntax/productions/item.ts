import {
  AT,
  CARET,
  CLOSE_BRACE,
  COMMA,
  CR,
  DOLLAR,
  EQUALS,
  HASH,
  isLetter,
  isSpace,
  LF,
  identifierEnd,
  OPEN_BRACE,
  OPEN_PAREN,
  permissionsEnd,
  PLUS,
  QUESTION,
  QUOTE,
  SPACE,
  TAB,
  variableEnd,
  wordEnd,
  COLON,
} from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeAbi } from "./abi.ts";
import { takeAlias } from "./alias.ts";
import { takeAllRule } from "./all-rule.ts";
import { takeBody } from "./body.ts";
import { takeBooleanAssignment } from "./boolean-assignment.ts";
import { takeCapabilityRule } from "./capability-rule.ts";
import { takeChangeProfileRule } from "./change-profile-rule.ts";
import { takeConditional } from "./conditional.ts";
import { takeDbusRule } from "./dbus-rule.ts";
import { takeFileRule } from "./file-rule.ts";
import { takeInclude } from "./include.ts";
import { takeIoUringRule } from "./io-uring-rule.ts";
import { takeLinkRule } from "./link-rule.ts";
import { takeMountRule } from "./mount-rule.ts";
import { takeMqueueRule } from "./mqueue-rule.ts";
import { takeNetworkRule } from "./network-rule.ts";
import { pathEnd } from "./operands.ts";
import { takePivotRootRule } from "./pivot-root-rule.ts";
import { takeHat, takeProfile } from "./profile.ts";
import { takePtraceRule } from "./ptrace-rule.ts";
import { takeQualifiers } from "./qualifiers.ts";
import { takeComma, takeUnreadable } from "./recovery.ts";
import { takeRlimitRule } from "./rlimit-rule.ts";
import { takeSignalRule } from "./signal-rule.ts";
import { takeUnixRule } from "./unix-rule.ts";
import { takeUsernsRule } from "./userns-rule.ts";
import { takeVariableAssignment } from "./variable-assignment.ts";

/** The rules that a keyword opens. The node is open already (its qualifiers lie in it); the production closes it. */
const ruleProductions: ReadonlyMap<string, (c: Cursor) => void> = new Map([
  ["all", takeAllRule],
  ["capability", takeCapabilityRule],
  ["change_profile", takeChangeProfileRule],
  ["dbus", takeDbusRule],
  ["file", takeFileRule],
  ["io_uring", takeIoUringRule],
  ["link", takeLinkRule],
  ["mount", takeMountRule],
  ["mqueue", takeMqueueRule],
  ["network", takeNetworkRule],
  ["pivot_root", takePivotRootRule],
  ["ptrace", takePtraceRule],
  ["remount", takeMountRule],
  ["safe", takeFileRule],
  ["signal", takeSignalRule],
  ["umount", takeMountRule],
  ["unix", takeUnixRule],
  ["unmount", takeMountRule],
  ["unsafe", takeFileRule],
  ["userns", takeUsernsRule],
]);

/** The items that take no qualifier. The production opens its own node. */
const itemProductions: ReadonlyMap<string, (c: Cursor) => void> = new Map([
  ["abi", takeAbi],
  ["alias", takeAlias],
  ["rewrite", takeAlias],
  ["hat", takeHat],
  ["if", takeConditional],
  ["profile", takeProfile],
  ["set", takeRlimitRule],
]);

const qualifierWords: ReadonlySet<string> = new Set([
  "priority", "audit", "quiet", "allow", "deny", "prompt", "owner", "user", "other",
]); // prettier-ignore

/** Takes one item of a file or body: a rule, block, profile, include, assignment … or text that is none of them. */
export function takeItem(c: Cursor): void {
  const start = c.pos;
  c.beginItem();
  takeItemHere(c);
  if (c.pos === start) {
    c.error("syntax/expected-rule", `expected a rule, found ${c.found()}`, start, start + 1);
    c.take("error", start + 1);
  }
}

function takeItemHere(c: Cursor): void {
  const code = c.code;
  if (isLetter(code)) takeWordItem(c);
  else if (code === HASH) takeInclude(c);
  else if (code === CARET) takeHat(c);
  else if (code === OPEN_BRACE) takeBlock(c);
  else if (code === DOLLAR) takeBooleanAssignment(c);
  else if (code === AT && assignmentFollows(c)) takeVariableAssignment(c);
  else takePathItem(c);
}

function takeWordItem(c: Cursor): void {
  const end = wordEnd(c.text, c.pos);
  const word = c.text.slice(c.pos, end);
  const after = c.text.charCodeAt(end);
  if (word === "include") {
    if (after !== SPACE && after !== TAB) {
      c.error("syntax/expected-blank", "expected a blank and the name of a file after `include`", end, end);
    }
    takeInclude(c);
    return;
  }
  const item = itemProductions.get(word);
  if (item !== undefined) {
    item(c);
    return;
  }
  // No parser knows `quiet` yet: `quiet r,` is a file rule on that word.
  const isPath = word === "quiet" && permissionsEnd(c.text, afterTrivia(c.text, end)) > afterTrivia(c.text, end);
  if (qualifierWords.has(word) && !isPath) {
    takeQualified(c);
    return;
  }
  const rule = ruleProductions.get(word);
  if (rule !== undefined) {
    c.open();
    rule(c);
    return;
  }
  takePathItem(c);
}

/** A rule or block behind qualifiers: `audit deny /a w,` or `owner { … }`. */
function takeQualified(c: Cursor): void {
  c.open();
  takeQualifiers(c);
  if (c.code === OPEN_BRACE) {
    takeBody(c, "this block");
    c.close("qualified-block");
    return;
  }
  const word = c.word();
  const rule = ruleProductions.get(word);
  if (rule !== undefined) {
    rule(c);
  } else if (itemProductions.has(word) || word === "include" || c.code === HASH || c.code === CARET) {
    const message = `a qualifier cannot stand before ${c.found()}`;
    c.error("syntax/misplaced-qualifier", message, c.lastEnd, c.lastEnd);
    c.close("error");
  } else if (c.atEnd || c.code === CLOSE_BRACE || c.code === COMMA) {
    c.error("syntax/expected-rule", `expected a rule after the qualifier, found ${c.found()}`, c.lastEnd, c.lastEnd);
    takeComma(c);
    c.close("error");
  } else {
    takeFileRule(c);
  }
}

/** A block of rules in braces without qualifiers. */
function takeBlock(c: Cursor): void {
  c.open();
  takeBody(c, "this block");
  c.close("qualified-block");
}

/** True where `@{NAME}` is followed by an operator of assignment. */
function assignmentFollows(c: Cursor): boolean {
  const end = variableEnd(c.text, c.pos);
  if (end === c.pos) return false;
  const at = afterTrivia(c.text, end);
  const code = c.text.charCodeAt(at);
  if (code === EQUALS) return true;
  return (code === PLUS || code === QUESTION || code === COLON) && c.text.charCodeAt(at + 1) === EQUALS;
}

/** The characters with which text is meant as a path, even where the parser reads none. */
const pathBeginnings = '/@:&".~*[';

/** What begins with a path, permissions or an unknown word: a file rule, or a profile without its keyword. */
function takePathItem(c: Cursor): void {
  if (permissionsEnd(c.text, c.pos) > c.pos) {
    c.open();
    takeFileRule(c);
    return;
  }
  const quotedOrPath = isLetter(c.code) ? -1 : pathEnd(c);
  const end = quotedOrPath === -1 ? identifierEnd(c.text, c.pos) : quotedOrPath;
  if (end > c.pos) {
    const next = afterTrivia(c.text, end);
    if (permissionsEnd(c.text, next) > next) {
      c.open();
      takeFileRule(c);
      return;
    }
    if (headFollows(c, next)) {
      takeProfile(c);
      return;
    }
    if (pathBeginnings.includes(c.text.charAt(c.pos))) {
      c.open();
      takeFileRule(c);
      return;
    }
  }
  takeUnknown(c);
}

/** The offset after blanks, line ends and comments, without taking them. */
function afterTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at++;
    else if (code === HASH) {
      const lineEnd = text.indexOf("\n", at);
      if (lineEnd === -1) return text.length;
      at = lineEnd;
    } else return at;
  }
}

/** True where the rest of a profile's head stands at `at`: its body, flags or xattrs, or an attachment before them. */
function headFollows(c: Cursor, at: number): boolean {
  const code = c.text.charCodeAt(at);
  if (code === OPEN_BRACE || code === OPEN_PAREN) return true;
  const lineEnd = c.text.indexOf("\n", at);
  const rest = c.text.slice(at, lineEnd === -1 ? c.text.length : lineEnd);
  return /^(?:flags|xattrs)[ \t]*=/u.test(rest) || /^[^#,;]*[ \t)]\{[ \t\r]*(?:#.*)?$/u.test(rest);
}

/** Text that no item begins with: an error node up to the end of the rule or line. */
function takeUnknown(c: Cursor): void {
  const start = c.pos;
  const found = c.found();
  const isWord = isLetter(c.code);
  if (c.code === CLOSE_BRACE || c.code === COMMA || c.code === CR || c.code === LF) {
    c.take("error", c.pos + 1);
  } else if (c.code === QUOTE && pathEnd(c) === -1) {
    const lineEnd = c.text.indexOf("\n", start);
    c.take("error", lineEnd === -1 ? c.text.length : lineEnd);
    c.error("syntax/unclosed-quote", 'expected `"` to close the text that is quoted here', start, start + 1);
    return;
  } else {
    c.open();
    takeUnreadable(c);
    takeComma(c);
    c.close("error");
    if (c.pos === start) c.take("error", c.pos + 1);
  }
  const message = isWord ? `no rule begins with ${found}` : `expected a rule, found ${found}`;
  c.error("syntax/expected-rule", message, start, Math.max(start + 1, c.lastEnd));
}
