import { EQUALS, identifierEnd, isDigit, MINUS, PLUS, SPACE, TAB, wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import type { NodeKind } from "../tree.ts";

/** The order in which the parser takes qualifiers: priority, audit, access, owner. */
const ranks: ReadonlyMap<string, number> = new Map([
  ["priority", 0],
  ["audit", 1],
  ["quiet", 1],
  ["allow", 2],
  ["deny", 2],
  ["prompt", 2],
  ["owner", 3],
  ["user", 3],
  ["other", 3],
]);

/** The end of `priority = -5` where it stands whole at `from`; -1 where it does not. */
function priorityEnd(text: string, from: number): number {
  let at = from + "priority".length;
  const skipBlanks = (): void => {
    while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  };
  skipBlanks();
  if (text.charCodeAt(at) !== EQUALS) return -1;
  at++;
  skipBlanks();
  if (text.charCodeAt(at) === MINUS || text.charCodeAt(at) === PLUS) at++;
  const digits = at;
  while (isDigit(text.charCodeAt(at))) at++;
  return at > digits ? at : -1;
}

/**
 * Takes the qualifiers of a rule as one node, if any stand here; complains about their order, not about their sense.
 *
 *     priority=3 audit deny owner /a w,
 *     ^
 */
export function takeQualifiers(c: Cursor): boolean {
  let last = -1;
  let opened = false;
  for (;;) {
    const end = wordEnd(c.text, c.pos);
    if (end === c.pos) break;
    const word = c.text.slice(c.pos, end);
    const rank = ranks.get(word);
    if (rank === undefined) break;
    if (!opened) c.open();
    opened = true;
    takeQualifier(c, word, end, rank, last);
    last = Math.max(last, rank);
    c.trivia();
  }
  if (opened) c.close("qualifiers" satisfies NodeKind);
  return opened;
}

function takeQualifier(c: Cursor, word: string, wordEndsAt: number, rank: number, last: number): void {
  const start = c.pos;
  const whole = word === "priority" ? priorityEnd(c.text, start) : wordEndsAt;
  c.take("keyword", whole === -1 ? wordEndsAt : whole, "qualifier");
  if (whole === -1 && c.code === EQUALS) c.take("error", identifierEnd(c.text, c.pos));
  if (whole === -1) c.error("syntax/expected-value", "expected `=` and a whole number after `priority`", c.pos, c.pos);
  if (word === "quiet") {
    c.error("syntax/unknown-qualifier", "`quiet` is not a qualifier that any parser knows yet", start, c.pos);
  } else if (rank < last) {
    c.error(
      "syntax/qualifier-order",
      `\`${word}\` stands too late: the order is priority, audit, allow or deny, owner`,
      start,
      c.pos,
    );
  } else if (rank === last) {
    c.error(
      "syntax/qualifier-twice",
      `\`${word}\` cannot follow the qualifier before it: only one of its kind is allowed`,
      start,
      c.pos,
    );
  }
}
