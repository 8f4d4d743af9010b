import { wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import type { NodeKind } from "../tree.ts";
import { conditionAhead, takeCondition, takeGroup } from "./conditions.ts";
import { ruleSpace } from "./operands.ts";
import { takePermissions } from "./permissions.ts";
import { endRule } from "./recovery.ts";

/** Takes the keyword of a rule. */
export function takeKeyword(c: Cursor): void {
  c.take("keyword", wordEnd(c.text, c.pos), "keyword");
}

/** Takes all `key=value` conditions that stand here, up to a group or anything else. */
export function takeConditions(c: Cursor): void {
  for (;;) {
    ruleSpace(c);
    if (conditionAhead(c) !== "condition") return;
    takeCondition(c);
  }
}

/** Takes `peer=( … )` where it stands. */
export function takePeer(c: Cursor): void {
  if (conditionAhead(c) !== "group") return;
  if (c.word() !== "peer") {
    const end = wordEnd(c.text, c.pos);
    c.error(
      "syntax/unknown-condition",
      `\`${c.word()}=(…)\` cannot stand in a rule, only \`peer=(…)\` can`,
      c.pos,
      end,
    );
  }
  takeGroup(c, "peer");
  ruleSpace(c);
}

/** The shape that most rules share: keyword, permissions, conditions, a group for the peer where the kind knows one. */
export function takeConditionRule(c: Cursor, kind: NodeKind, permissions: ReadonlySet<string>, peer: boolean): void {
  takeKeyword(c);
  takePermissions(c, permissions);
  takeConditions(c);
  if (peer) takePeer(c);
  endRule(c, kind, peer ? "a condition, `peer=(…)`" : "a condition");
}
