import { describe, expect, it, test } from "vitest";

import { isNode, parse } from "../../syntax/index.ts";
import { applyEdits } from "../../text/index.ts";
import { readRule } from "../read/read-rule.ts";
import { changeRule, readRuleText } from "./change-rule.ts";

/** The text of a rule after it was made to say what another text says. */
function changed(text: string, wanted: string): string {
  const tree = parse(`profile x {\n${text}\n}\n`);
  const body = tree.root.children.find(isNode)?.children.findLast(isNode);
  const node = body?.children.find(isNode);
  const to = readRuleText(wanted);
  if (node === undefined || to === undefined) throw new Error("no rule");
  const change = changeRule(tree, readRule(tree, node), to);
  if (!change.ok) throw new Error(change.reason);
  return applyEdits(tree.text, change.edits).slice("profile x {\n".length, -"\n}\n".length);
}

describe("parentheses around a single value", () => {
  it.each([
    ["signal  (receive)   set=( hup ),", "signal (receive) set=hup peer=a,", "signal  (receive)   set=( hup ) peer=a,"],
    ["signal  (receive)   set=( hup ) peer=a,", "signal (receive) set=hup,", "signal  (receive)   set=( hup ),"],
    [
      "mount options=(ro) /a/ -> /b/,",
      "mount options=ro fstype=ext4 /a/ -> /b/,",
      "mount options=(ro) fstype=ext4 /a/ -> /b/,",
    ],
    ["mount options=(ro)   /a/ -> /b/,", "mount options=ro /c/ -> /b/,", "mount options=(ro)   /c/ -> /b/,"],
    ["mount fstype=(ext4) options=(ro) /a/ -> /b/,", "mount options=ro /a/ -> /b/,", "mount options=(ro) /a/ -> /b/,"],
    ["dbus (send)  bus=system,", "dbus send bus=system path=/a,", "dbus (send)  bus=system path=/a,"],
    ["dbus (send)  bus=system,", "dbus send path=/a,", "dbus (send)  path=/a,"],
  ])("%s made to say %s keeps them", (text, wanted, result) => {
    expect(changed(text, wanted)).toBe(result);
  });
});

test("a rule without its comma is given one, and nothing else of it is written anew", () => {
  expect(changed("/a # why\n   rw", "audit /a rw,")).toBe("audit /a # why\n   rw,");
  expect(changed("capability  chown   kill", "capability chown,")).toBe("capability  chown,");
});
