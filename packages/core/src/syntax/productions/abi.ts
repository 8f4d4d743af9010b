import type { Cursor } from "../cursor.ts";
import { filenameEnd } from "./include.ts";
import { endRule, failRule, reportClingingComma } from "./recovery.ts";

/**
 * `abi <abi/4.0>,`
 *
 *     abi <abi/4.0>,
 *     ^
 */
export function takeAbi(c: Cursor): void {
  c.open();
  c.take("keyword", c.pos + 3, "keyword");
  c.space();
  const end = filenameEnd(c.text, c.pos);
  if (end === -1) {
    failRule(c, "abi", "the name of a feature file in `<…>` or quotes");
    return;
  }
  c.take("path", end, "path");
  c.space();
  reportClingingComma(c);
  endRule(c, "abi");
}
