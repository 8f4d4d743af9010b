import { CLOSE_BRACE, OPEN_BRACE, QUOTE, quotedEnd } from "../characters.ts";
import { maximalDepth, type Cursor } from "../cursor.ts";

/**
 * `{ … }`: takes the body with its braces. `owner` says in words what the body belongs to.
 *
 *     profile x { … }
 *               ^
 */
export function takeBody(c: Cursor, owner: string): void {
  c.open();
  const opened = c.pos;
  c.take("punctuation", c.pos + 1, "open");
  if (c.depth >= maximalDepth) {
    takeTooDeep(c, opened);
  } else {
    c.depth++;
    for (;;) {
      c.trivia();
      if (c.atEnd || c.code === CLOSE_BRACE) break;
      c.takeItem(c);
    }
    c.depth--;
  }
  if (c.code === CLOSE_BRACE) {
    c.take("punctuation", c.pos + 1, "close");
  } else {
    const line = lineOf(c.text, opened);
    const message = `expected \`}\` to close ${owner}, opened on line ${line}`;
    c.error("syntax/expected-brace", message, c.lastEnd, c.lastEnd);
  }
  c.close("body");
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Takes all up to the brace that closes this body as one error, without recursion. */
function takeTooDeep(c: Cursor, opened: number): void {
  let open = 1;
  let at = c.pos;
  for (; at < c.text.length; at++) {
    const code = c.text.charCodeAt(at);
    if (code === QUOTE) {
      const end = quotedEnd(c.text, at);
      if (end !== -1) at = end - 1;
    } else if (code === OPEN_BRACE) open++;
    else if (code === CLOSE_BRACE && --open === 0) break;
  }
  c.error("syntax/too-deep", `blocks nest deeper than ${maximalDepth} levels here`, opened, opened + 1);
  if (at > c.pos) {
    c.open();
    c.take("error", at);
    c.close("error");
  }
}
