import { isDropped, blockAround } from "../../design/index.ts";
import { takeOutOfBlock } from "../../edit/index.ts";
import { readQualifiers } from "../../rules/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";

/** `deny { … }`, which the parsers of AppArmor 3 refuse. */
export const denyBlock: LintRule = {
  id: "deny-block",
  severity: "warning",
  title: "Block that denies",
  explanation: {
    what: "A block with `deny` before its brace, such as `deny { … }` or `audit deny { … }`.",
    why: "The parser of AppArmor 3, which Debian 12 has, refuses it: `deny prefix not allowed`. Later parsers deny each file rule in it.",
    instead: "Write `deny` on each rule and leave the block out: that means the same to every parser.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  deny {\n    /a r,\n    /b w,\n  }\n\n  include if exists <local/x>\n}\n",
    at: "deny",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  deny /a r,\n  deny /b w,\n\n  include if exists <local/x>\n}\n",
  },
  run: ({ file, scopes }) =>
    scopes.flatMap(({ placed }) => {
      const kept = placed.filter((rule) => !isDropped(rule));
      const blocks = new Set(kept.flatMap((rule) => blockAround(rule) ?? []));
      return [...blocks].flatMap((block) => {
        const [qualifiers] = block.children;
        if (qualifiers === undefined || readQualifiers(file.tree, block).access !== "deny") return [];
        const inside = kept.filter((rule) => blockAround(rule) === block);
        return [
          {
            range: qualifiers,
            message: "a block that denies is refused by the parser of AppArmor 3",
            fixes: () => fixOf({ title: "Write `deny` on each rule" }, takeOutOfBlock(file, inside)),
          },
        ];
      });
    }),
};
