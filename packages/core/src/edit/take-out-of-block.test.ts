import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { takeOutOfBlock } from "./index.ts";

/** The text after the rules of these places in the profile are taken out, or the reason why they can't be. */
function takenOut(text: string, ...places: readonly number[]): string {
  const file = viewFile("apparmor.d/x", text);
  const rules = places.flatMap((place) => file.profiles[0]?.rules[place] ?? []);
  const outcome = takeOutOfBlock(file, rules);
  return outcome.ok ? applyEdits(text, outcome.edits[0]?.edits ?? []) : `no: ${outcome.reason}`;
}

describe("a rule taken out of its block", () => {
  it.each([
    ["bears its qualifiers", "profile x {\n  audit deny {\n    /a w,\n    capability chown, # why\n  }\n}\n", [1],
      "profile x {\n  audit deny capability chown,\n  audit deny {\n    /a w,\n    # why\n  }\n}\n"],
    ["leaves no empty block", "profile x {\n  owner {\n    audit /a r,\n  }\n}\n", [0], "profile x {\n  audit owner /a r,\n}\n"],
    ["keeps its deny", "profile x { { deny /a w, } }\n", [0], "profile x { deny /a w, }\n"],
    ["has no owner where it is about no file", "profile x { owner { capability kill, /a r, } }", [0],
      "profile x { capability kill, owner { /a r, } }"],
    ["comes out of all blocks", "profile x {\r\n\taudit {\r\n\t\towner {\r\n\t\t\t/a r,\r\n\t\t\t/b r,\r\n\t\t}\r\n\t}\r\n}\r\n", [0],
      "profile x {\r\n\taudit owner /a r,\r\n\taudit {\r\n\t\towner {\r\n\t\t\t/b r,\r\n\t\t}\r\n\t}\r\n}\r\n"],
    ["keeps the comment inside of it", "profile x {\n  audit {\n    /a # c\n      r,\n    /b r,\n  }\n}\n", [0],
      "profile x {\n  audit /a # c\n      r,\n  audit {\n    /b r,\n  }\n}\n"],
    ["goes with others", "profile x {\n  audit {\n    capability kill,\n    network inet,\n    /b r,\n  }\n}\n", [0, 1],
      "profile x {\n  audit capability kill,\n  audit network inet,\n  audit {\n    /b r,\n  }\n}\n"],
    ["limits take no qualifier", "profile x {\n  audit {\n    set rlimit nofile <= 3,\n  }\n}\n", [0],
      "profile x {\n  set rlimit nofile <= 3,\n}\n"],
    ["not out of a condition", "profile x { audit { if $a { capability kill, } } }", [0],
      "no: a condition stands between this rule and the block; take the block apart by hand"],
    ["stays within a condition around the block", "profile x {\n  if $a {\n    audit { capability kill, }\n  }\n}\n", [0],
      "profile x {\n  if $a {\n    audit capability kill,\n  }\n}\n"],
  ])("%s", (_name, text, places, expected) => expect(takenOut(text, ...places)).toBe(expected)); // prettier-ignore
});
