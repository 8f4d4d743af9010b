import { rewriteRule } from "../../edit/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import { rlimits, wordNamed } from "../../vocabulary/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { writtenRules } from "../scopes.ts";

/** Below this a bare number can hardly be meant: bytes in the one case, microseconds in the other. */
const unlikelyBelow = { bytes: 65_536, microseconds: 10_000 };
const unitsToOffer = { bytes: ["MB", "KB", "GB"], microseconds: ["ms", "s"] };

/** Numbers without a unit, which count in the smallest one. */
export const rlimitBareNumber: LintRule = {
  id: "rlimit-bare-number",
  severity: "warning",
  title: "Limit without a unit",
  covers: ["rule/bad-rlimit"],
  explanation: {
    what: "A limit of memory or file size with a small bare number, or of real-time running with one.",
    why: "A bare number counts bytes (in `rttime` microseconds): `as <= 512` means 512 bytes, with which no program starts.",
    instead: "Write the unit: `K`, `M`, `G` or `KB`, `MB`, `GB`; for times `ms`, `s`.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  set rlimit as <= 512,\n\n  include if exists <local/x>\n}\n",
    at: "512",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  set rlimit as <= 512MB,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) =>
      writtenRules(scope, "rlimit").flatMap((rule) => {
        const { resource, value } = rule.value;
        const unit = wordNamed(rlimits, resource)?.unit;
        if ((unit !== "bytes" && unit !== "microseconds") || !/^\d+$/u.test(value)) return [];
        const number = Number(value);
        if (number === 0 || number >= unlikelyBelow[unit]) return [];
        return [
          {
            range: tokenWithRole(rule.node, "value") ?? rule.node,
            message: `\`${resource} <= ${value}\` means ${value} ${unit}`,
            fixes: () =>
              unitsToOffer[unit].flatMap((name) =>
                fixOf(
                  { title: `Write \`${value}${name}\`` },
                  rewriteRule(file, rule, { ...rule.value, value: `${value}${name}` }),
                ),
              ),
          },
        ];
      }),
    ),
};
