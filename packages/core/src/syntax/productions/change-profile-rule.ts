import { QUOTE, identifierEnd, wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { atArrow, ruleSpace, takeArrowAndName, takeQuoted } from "./operands.ts";
import { atNextRule, endRule, failRule, reportClingingComma } from "./recovery.ts";

/**
 * `change_profile safe /exec -> profile,`
 *
 *     change_profile /usr/bin/x -> :ns:name,
 *     ^
 */
export function takeChangeProfileRule(c: Cursor): void {
  takeKeyword(c);
  ruleSpace(c);
  if ((c.atWord("safe") || c.atWord("unsafe")) && identifierEnd(c.text, c.pos) === wordEnd(c.text, c.pos)) {
    c.take("keyword", wordEnd(c.text, c.pos), "keyword");
    ruleSpace(c);
  }
  if (!atNextRule(c) && !atArrow(c)) {
    if (c.code === QUOTE) takeQuoted(c, "path", "path");
    else {
      const end = identifierEnd(c.text, c.pos);
      if (end > c.pos) c.take("path", end, "path");
    }
    ruleSpace(c);
  }
  if (atArrow(c)) {
    if (identifierEnd(c.text, c.pos) > c.pos + 2) {
      c.error("syntax/expected-blank", "expected a blank after `->`", c.pos + 2, c.pos + 2);
    }
    if (!takeArrowAndName(c, "name", "target")) {
      failRule(c, "change_profile-rule", "the name of a profile after `->`");
      return;
    }
    ruleSpace(c);
  }
  reportClingingComma(c);
  endRule(c, "change_profile-rule", "`->`");
}
