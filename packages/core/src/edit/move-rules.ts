import { blockAround, type FileView, heldValue, type ProfileRule, type ProfileView } from "../design/index.ts";
import { writeRule, type PlacedRule } from "../rules/index.ts";
import type { SyntaxNode } from "../syntax/index.ts";
import type { FileEdit } from "../text/index.ts";
import { ruleInsertions, type NewRule } from "./add-rules.ts";
import { acceptAll, refuse } from "./answer.ts";
import { shown } from "./check-words.ts";
import { counted, ruleName } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { branchContainer, lineOf, openContainer, unreadProblem } from "./edit-rule.ts";
import { mergeEdits } from "./merge-edits.ts";
import { containersOf, extentOf, removeExtents, type Extent } from "./rule-extent.ts";
import { textOutside, type OutsideText } from "./take-out-of-block.ts";

/** Where rules shall stand: in a profile, child profile or hat, or (`profile` null) in an abstraction itself. */
export interface RulePlace {
  readonly file: FileView;
  readonly profile: ProfileView | null;
  /** This branch of a conditional, or this block, of the profile. */
  readonly within?: SyntaxNode;
}

/**
 * Takes rules from where they stand to another profile, child or hat, within the file or in another one, as one step. Comments that belong to
 * a rule travel along, the order stays; a rule that the other profile has already is only taken away here.
 */
export function moveRules(from: FileView, rules: readonly ProfileRule[], to: RulePlace): EditOutcome {
  return transfer("move", from, rules, to);
}

/** The same, and the rules stay where they are too. What the other profile has already is not written twice. */
export function copyRules(from: FileView, rules: readonly ProfileRule[], to: RulePlace): EditOutcome {
  return transfer("copy", from, rules, to);
}

function transfer(verb: "move" | "copy", from: FileView, rules: readonly ProfileRule[], to: RulePlace): EditOutcome {
  const [only] = rules;
  if (only === undefined) return refuse("choose the rules first");
  const refused = refusal(from, rules, to);
  if (refused !== null) return refuse(refused);
  const container = to.within === undefined ? openContainer(to.file, to.profile) : branchContainer(to.file, to.within);
  if (typeof container === "string") return refuse(container);
  const containers = containersOf(from);
  const gone = new Set(verb === "move" ? rules.map(({ rule }) => rule.node) : []);
  const taken: { placed: ProfileRule; extent: Extent }[] = [];
  for (const placed of inTextOrder(rules)) {
    const around = containers.get(placed.rule.node);
    if (around === undefined) return refuse("the braces around one of these rules are not closed; mend them first");
    taken.push({ placed, extent: extentOf(around, placed.rule.node, gone) });
  }
  const own = ownRules(to);
  const found = newRules(from, taken, to);
  if (!found.ok) return found;
  const { added } = found;
  if (added.length === 0 && verb === "copy")
    return refuse(`${placeName(to)} has ${rules.length === 1 ? "this rule" : "these rules"} already`);
  const removals =
    verb === "copy"
      ? []
      : removeExtents(
          containers,
          taken.map(({ placed, extent }) => ({ node: placed.rule.node, range: extent.range })),
        );
  if (removals === undefined) return refuse("the braces around one of these rules are not closed; mend them first");
  const what = rules.length === 1 ? ruleName(only.rule.value) : counted(rules.length);
  const insertions = ruleInsertions(container, own, added);
  const edits: FileEdit[] =
    from.path === to.file.path
      ? [{ path: from.path, edits: mergeEdits([...insertions, ...removals]) }]
      : [
          { path: from.path, edits: removals },
          { path: to.file.path, edits: insertions },
        ];
  return acceptAll(`${verb} ${what} to ${placeName(to)}`, edits, to.file.path);
}

/** Why the rules can't go there; null where they can. */
function refusal(from: FileView, rules: readonly ProfileRule[], { file, profile, within }: RulePlace): string | null {
  const own = profile === null ? file.looseRules : profile.rules;
  const nodes = new Set(own.filter((placed) => placed.within.at(-1) === within).map(({ rule }) => rule.node));
  if (file.path === from.path && rules.every(({ rule }) => nodes.has(rule.node))) {
    return rules.length === 1 ? "the rule stands there already" : "the rules stand there already";
  }
  const conditional = rules.find((placed) => placed.within.some(({ kind }) => kind === "conditional-branch"));
  if (conditional !== undefined) {
    const line = lineOf(from, conditional.rule.node);
    return `the rule in line ${line} holds under an \`if\` only, and would hold always elsewhere; take the \`if\` away first`;
  }
  return null;
}

function inTextOrder(rules: readonly ProfileRule[]): ProfileRule[] {
  const unique = new Map(rules.map((placed) => [placed.rule.node, placed]));
  return [...unique.values()].toSorted((a, b) => a.rule.node.start - b.rule.node.start);
}

function ownRules({ file, profile, within }: RulePlace): PlacedRule[] {
  const rules = profile === null ? file.looseRules : profile.rules;
  return rules.filter((placed) => placed.within.at(-1) === within).map(({ rule }) => rule);
}

/**
 * The rules that the place lacks, each with its own text; one without comments that stands there is left out. Of one that
 * can't be read whole nobody knows whether it stands there.
 */
function newRules(
  from: FileView,
  taken: readonly { readonly placed: ProfileRule; readonly extent: Extent }[],
  to: RulePlace,
): { readonly ok: true; readonly added: NewRule[] } | Extract<OutsideText, { readonly ok: false }> {
  const own = ownRules(to).filter((rule) => unreadProblem(to.file, rule) === null);
  const known = new Set(own.map(({ value }) => writeRule(value)));
  const added: NewRule[] = [];
  for (const { placed, extent } of taken) {
    const inBlock = blockAround(placed) !== undefined;
    const outside: OutsideText = inBlock
      ? textOutside(from, placed, heldValue(from.tree, placed))
      : { ok: true, text: extent.text };
    if (!outside.ok) return outside;
    const written = inBlock ? outside.text : writeRule(placed.rule.value);
    const isRead = unreadProblem(from, placed.rule) === null;
    if (isRead && known.has(written) && extent.above.length === 0 && extent.behind === "") continue;
    if (isRead) known.add(written);
    added.push({ value: placed.rule.value, lines: [...extent.above, outside.text + extent.behind] });
  }
  return { ok: true, added };
}

function placeName({ file, profile }: RulePlace): string {
  return shown(profile?.name ?? file.path.replace(/^apparmor\.d\//u, ""));
}
