import { blockAround, isDropped, type ProfileRule } from "../../design/index.ts";
import { takeOutOfBlock } from "../../edit/index.ts";
import { readQualifiers } from "../../rules/index.ts";
import { tokenWithRole, type SyntaxNode } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import type { Scope } from "../scopes.ts";

/** Rules that a block drops, and denies that it turns into allows. */
export const rulesInBlock: LintRule = {
  id: "rules-in-block",
  severity: "warning",
  title: "Rule that its block drops or turns round",
  covers: ["policy/block-exec"],
  explanation: {
    what: "A rule about anything but files inside a block such as `audit { … }`, `owner { … }` or a plain `{ … }`, or a deny inside a block that does not deny.",
    why: "Parsers keep only file, link and change_profile rules of a block, without a word about the rest. And from AppArmor 4 on the block's access takes the place of the rule's own: `{ deny /a w, }` compiles to an allow.",
    instead: "Write the qualifiers on each rule and leave the block out.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  audit {\n    /a r,\n    capability chown,\n  }\n\n  include if exists <local/x>\n}\n",
    at: "capability chown,",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  audit capability chown,\n  audit {\n    /a r,\n  }\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) => input.scopes.flatMap((scope) => findingsIn(input, scope)),
};

/** A rule in a block, and what the block does to it. */
interface Harmed {
  readonly placed: ProfileRule;
  readonly block: SyntaxNode;
  readonly message: string;
}

function findingsIn(input: LintInput, scope: Scope): Finding[] {
  const harmed = scope.placed.flatMap((placed) => harmDone(input, placed));
  const others = scope.inBlocks.map((node) => inBlockFinding(node));
  const rules = harmed.map((each) => ({
    range: each.placed.rule.node,
    message: each.message,
    fixes: () =>
      fixesFor(
        input,
        each,
        harmed.filter(({ block }) => block === each.block),
      ),
  }));
  return [...rules, ...others];
}

function inBlockFinding(node: SyntaxNode): Finding {
  if (node.kind !== "include") {
    const range = tokenWithRole(node, "name") ?? node;
    return { range, message: "the parser forgets this profile: a block keeps none" };
  }
  const message = "of what is included here the parser keeps only the file rules, for it stands in a block";
  return { range: node, message, severity: "info" };
}

function harmDone({ file }: LintInput, placed: ProfileRule): Harmed[] {
  const block = blockAround(placed);
  if (block === undefined) return [];
  const { value } = placed.rule;
  if (isDropped(placed)) {
    const message =
      value.qualifiers.access === "deny"
        ? "the parser forgets this deny: it keeps only file rules of a block"
        : "the parser forgets this rule: it keeps only file rules of a block";
    return [{ placed, block, message }];
  }
  const inner = placed.within.slice(placed.within.indexOf(block) + 1);
  const own = [value.qualifiers, ...inner.map((node) => readQualifiers(file.tree, node))];
  if (!own.some(({ access }) => access === "deny")) return [];
  if (readQualifiers(file.tree, block).access === "deny") return [];
  const message = "the block around this deny makes an allow of it in parsers from AppArmor 4 on";
  return [{ placed, block, message }];
}

function fixesFor({ file }: LintInput, { placed }: Harmed, together: readonly Harmed[]): Fix[] {
  const words = {
    title: "Take the rule out of the block",
    explanation: "It bears the block's qualifiers itself then.",
  };
  const all = {
    title: `Take these ${together.length} rules out of the block`,
    explanation: "Each bears the block's qualifiers itself then.",
  };
  return [
    ...fixOf(words, takeOutOfBlock(file, [placed])),
    ...(together.length > 1
      ? fixOf(
          all,
          takeOutOfBlock(
            file,
            together.map((each) => each.placed),
          ),
        )
      : []),
  ];
}
