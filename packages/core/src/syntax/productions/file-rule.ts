import { COMMA, permissionsEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { atArrow, takeArrowAndName, takePath } from "./operands.ts";
import { endRule, failRule } from "./recovery.ts";

/**
 * `/path rw,`, `rw /path,`, `file /path Px -> target,`, `safe /path Px,` or the bare `file,`.
 *
 *     owner @{HOME}/.config/x rw,
 *           ^
 */
export function takeFileRule(c: Cursor): void {
  if (c.atWord("file")) {
    takeKeyword(c);
    c.trivia();
    if (c.code === COMMA) {
      endRule(c, "file-rule");
      return;
    }
  }
  if (c.atWord("safe") || c.atWord("unsafe")) {
    takeKeyword(c);
    c.trivia();
  }
  const leading = permissionsEnd(c.text, c.pos);
  if (leading > c.pos) takePermissionsAndPath(c, leading);
  else takePathAndPermissions(c);
}

function takePermissionsAndPath(c: Cursor, end: number): void {
  c.take("permissions", end, "permissions");
  c.trivia();
  if (c.atWord("subset")) {
    takeKeyword(c);
    c.trivia();
  }
  if (c.code === COMMA || !takePath(c, "path")) {
    failRule(c, "file-rule", "a path after the permissions");
    return;
  }
  endFileRule(c);
}

function takePathAndPermissions(c: Cursor): void {
  if (c.code === COMMA || !takePath(c, "path")) {
    failRule(c, "file-rule", "a path");
    return;
  }
  c.trivia();
  const end = permissionsEnd(c.text, c.pos);
  if (end === c.pos) {
    failRule(c, "file-rule", "permissions after the path");
    return;
  }
  c.take("permissions", end, "permissions");
  endFileRule(c);
}

/** Takes `-> target` where it stands, and the comma. */
function endFileRule(c: Cursor): void {
  c.trivia();
  if (atArrow(c) && !takeArrowAndName(c, "name", "exec-target")) {
    failRule(c, "file-rule", "the name of a profile after `->`");
    return;
  }
  endRule(c, "file-rule", "`->`");
}
