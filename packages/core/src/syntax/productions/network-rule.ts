import type { Cursor } from "../cursor.ts";
import { takeConditions, takeKeyword, takePeer } from "./condition-rule.ts";
import { conditionAhead } from "./conditions.ts";
import { ruleSpace, takeOperand } from "./operands.ts";
import { atPermission, takePermissions } from "./permissions.ts";
import { atNextRule, endRule } from "./recovery.ts";
import { socketPermissions } from "./socket-permissions.ts";

/**
 * `network (create, connect) inet stream ip=127.0.0.1 peer=(ip=10.0.0.1 port=53),`
 *
 *     network inet stream,
 *     ^
 */
export function takeNetworkRule(c: Cursor): void {
  takeKeyword(c);
  takePermissions(c, socketPermissions);
  let operands = 0;
  while (operands < 2 && conditionAhead(c) === null && !atNextRule(c) && !atPermission(c, socketPermissions)) {
    if (!takeOperand(c, "name", "name")) break;
    operands++;
    ruleSpace(c);
  }
  takeConditions(c);
  takePeer(c);
  endRule(
    c,
    "network-rule",
    operands === 0 ? "an address family, a socket type, a condition" : "a condition, `peer=(…)`",
  );
}
