import type { FileView } from "../../design/index.ts";
import { branchesOf, conditionalsOf } from "../../edit/index.ts";
import type { SyntaxNode } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOfEdits } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";

/** A conditional below a network rule, on which AppArmor 3's parser crashes. */
export const networkBeforeConditional: LintRule = {
  id: "network-before-conditional",
  severity: "warning",
  title: "Conditional below a network rule",
  explanation: {
    what: "An `if` in a profile that stands behind a network rule, with a branch that has no network rule of its own.",
    why: "The parser of AppArmor 3, which Debian 12 ships, crashes on it where that branch is taken: there is no verdict and no policy on such a release.",
    instead: "Put the conditional above the network rules.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\n$WITH_LOG = true\n\nprofile x {\n  network inet stream,\n\n  if $WITH_LOG {\n    /a r,\n  }\n\n  include if exists <local/x>\n}\n",
    at: "if",
  },
  good: {
    text: "abi <abi/3.0>,\n\n$WITH_LOG = true\n\nprofile x {\n  if $WITH_LOG {\n    /a r,\n  }\n\n  network inet stream,\n\n  include if exists <local/x>\n}\n",
  },
  run: ({ file, scopes }) =>
    scopes.flatMap(({ profile, placed }) => {
      const first = placed.find(({ rule, within }) => rule.value.kind === "network" && within.length === 0);
      if (profile === null || first === undefined) return [];
      const { node } = first.rule;
      return conditionalsOf(profile).flatMap((conditional) => {
        if (conditional.start < node.end) return [];
        const bare = branchesOf(conditional).some(
          (branch) => !placed.some(({ rule, within }) => rule.value.kind === "network" && within.includes(branch)),
        );
        if (!bare) return [];
        return [
          {
            range: { start: conditional.start, end: conditional.start + "if".length },
            message: "the parser of AppArmor 3 crashes on a conditional below a network rule",
            fixes: () => putFirst(file, conditional, node),
          },
        ];
      });
    }),
};

/** Moves the lines of the conditional above the line of the rule; no fix where they share lines with something else. */
function putFirst(file: FileView, conditional: SyntaxNode, rule: SyntaxNode): Fix[] {
  const { text } = file.tree;
  const start = text.lastIndexOf("\n", conditional.start - 1) + 1;
  const lineEnd = text.indexOf("\n", conditional.end);
  const target = text.lastIndexOf("\n", rule.start - 1) + 1;
  if (lineEnd === -1 || target > start) return [];
  const alone = [
    text.slice(start, conditional.start),
    text.slice(conditional.end, lineEnd),
    text.slice(target, rule.start),
  ];
  if (alone.some((around) => around.trim() !== "")) return [];
  const lines = text.slice(start, lineEnd + 1);
  const lineBreak = lines.endsWith("\r\n") ? "\r\n" : "\n";
  return fixOfEdits({ title: "Put the conditional above the network rules" }, [
    {
      path: file.path,
      edits: [
        { range: { start: target, end: target }, newText: lines + lineBreak },
        { range: { start, end: lineEnd + 1 }, newText: "" },
      ],
    },
  ]);
}
