import type { Cursor } from "../cursor.ts";

/** Reports what belongs before the first profile where it stands inside a body; `what` names it in words. */
export function reportInBody(c: Cursor, what: string): void {
  if (c.depth === 0) return;
  c.error("syntax/outside-preamble", `${what} is set before the first profile, not inside of one`, c.pos, c.pos + 1);
}
