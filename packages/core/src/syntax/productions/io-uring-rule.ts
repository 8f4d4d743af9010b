import { OPEN_PAREN, wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword, takePeer } from "./condition-rule.ts";
import { conditionAhead, takeCondition, takeList } from "./conditions.ts";
import { atPermission } from "./permissions.ts";
import { endRule } from "./recovery.ts";

const permissions: ReadonlySet<string> = new Set(["override_creds", "sqpoll"]);

/**
 * `io_uring (sqpoll, override_creds) label=x,`
 *
 *     io_uring sqpoll,
 *     ^
 */
export function takeIoUringRule(c: Cursor): void {
  takeKeyword(c);
  c.trivia();
  if (c.code === OPEN_PAREN) takeList(c, "permissions", "permissions");
  else if (atPermission(c, permissions, false)) c.take("permissions", wordEnd(c.text, c.pos), "permissions");
  c.trivia();
  while (conditionAhead(c) === "condition") {
    takeCondition(c);
    c.trivia();
  }
  takePeer(c);
  endRule(c, "io_uring-rule", "`sqpoll`, `override_creds`, `label=…`");
}
