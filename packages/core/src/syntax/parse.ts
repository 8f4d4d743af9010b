import { CLOSE_BRACE } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { takeItem } from "./productions/item.ts";
import type { SyntaxTree } from "./tree.ts";

const byteOrderMark = 0xfeff;

/**
 * Reads a policy file, an abstraction or a tunables file. Gives a whole tree for every text and never throws; what
 * cannot be read lies in error nodes and tokens, and every error says where and what was expected.
 * Cost: linear in the text.
 */
export function parse(text: string): SyntaxTree {
  const c = new Cursor(text, takeItem);
  if (c.code === byteOrderMark) {
    c.take("error", 1);
    c.error("syntax/byte-order-mark", "the file begins with a byte order mark, which no parser accepts", 0, 1);
  }
  for (;;) {
    c.trivia();
    if (c.atEnd) break;
    if (c.code === CLOSE_BRACE) {
      const start = c.pos;
      c.take("error", start + 1);
      c.error("syntax/unexpected-brace", "this `}` closes nothing", start, start + 1);
    } else {
      takeItem(c);
    }
  }
  return { text, root: c.closeRoot(), errors: c.errors };
}
