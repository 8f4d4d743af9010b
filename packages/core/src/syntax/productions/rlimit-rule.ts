import { isDigit, isLetter, LESS, MINUS, EQUALS } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { ruleSpace } from "./operands.ts";
import { endRule, failRule } from "./recovery.ts";

function lettersEnd(text: string, from: number): number {
  let at = from;
  while (isLetter(text.charCodeAt(at)) || text.charCodeAt(at) === 0x5f) at++;
  return at;
}

function numberEnd(text: string, from: number): number {
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from;
  const digits = at;
  while (isDigit(text.charCodeAt(at))) at++;
  return at > digits ? at : from;
}

/**
 * `set rlimit nofile <= 1024,`, `set rlimit cpu <= 10 min,`, `set rlimit as <= infinity,`
 *
 *     set rlimit data <= 100M,
 *     ^
 */
export function takeRlimitRule(c: Cursor): void {
  c.open();
  takeKeyword(c);
  c.trivia();
  if (!c.atWord("rlimit")) {
    failRule(c, "rlimit-rule", "`rlimit` after `set`");
    return;
  }
  takeKeyword(c);
  ruleSpace(c);
  const nameEnd = lettersEnd(c.text, c.pos);
  if (nameEnd === c.pos) {
    failRule(c, "rlimit-rule", "the name of a limit");
    return;
  }
  c.take("name", nameEnd, "name");
  ruleSpace(c);
  if (c.code !== LESS || c.text.charCodeAt(c.pos + 1) !== EQUALS) {
    failRule(c, "rlimit-rule", "`<=` and a value");
    return;
  }
  c.take("punctuation", c.pos + 2, "operator");
  ruleSpace(c);
  takeValue(c);
}

function takeValue(c: Cursor): void {
  const end = numberEnd(c.text, c.pos);
  if (end === c.pos) {
    if (!c.atWord("infinity")) {
      failRule(c, "rlimit-rule", "a number or `infinity`");
      return;
    }
    c.take("value", c.pos + "infinity".length, "value");
  } else {
    c.take("value", end, "value");
  }
  ruleSpace(c);
  const unitEnd = c.lineBroken ? c.pos : lettersEnd(c.text, c.pos);
  if (unitEnd > c.pos) c.take("value", unitEnd, "value");
  ruleSpace(c);
  endRule(c, "rlimit-rule", "a unit");
}
