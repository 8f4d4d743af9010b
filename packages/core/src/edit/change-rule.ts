import { blockAround, heldValue, type FileView, type ProfileRule } from "../design/index.ts";
import { changeRule as changeText, type RuleEdits, type RuleValue } from "../rules/index.ts";
import type { TextEdit } from "../text/index.ts";
import { blockRefusal, ownValue } from "./against-blocks.ts";
import { accept, refuse } from "./answer.ts";
import { checkChange } from "./check-rule.ts";
import { changeName, counted, ruleName } from "./describe-rule.ts";
import type { EditOffer, EditOutcome } from "./edit-outcome.ts";
import { lineOf, unreadProblem } from "./edit-rule.ts";
import { mergeEdits } from "./merge-edits.ts";
import { takeOutOfBlock } from "./take-out-of-block.ts";

/** A rule and what shall hold where it stands, blocks around it counted in: made of its `heldValue`. */
export interface RuleChange {
  readonly placed: ProfileRule;
  readonly to: RuleValue;
}

/** Turns a rule into what shall hold where it stands; what both say alike keeps its bytes. */
export function changeRule(file: FileView, placed: ProfileRule, to: RuleValue): EditOutcome {
  return changeRules(file, [{ placed, to }]);
}

/**
 * Turns many rules into others as one step. One that can't be written refuses all, by its line; where the block around it
 * is what stands against it, taking it out is offered.
 */
export function changeRules(file: FileView, changes: readonly RuleChange[], label?: string): EditOutcome {
  const edits: TextEdit[] = [];
  let changed = 0;
  for (const change of changes) {
    const { placed, to } = change;
    // What can't be read goes first: it may be why the rest is no rule.
    const unread = unreadProblem(file, placed.rule);
    if (unread !== null) return refuse(unread);
    const reason = checkChange(placed.rule.value, to);
    if (reason !== null) return refuse(inLine(file, placed, changes.length, reason));
    const own = ownEdits(file, change);
    if (!own.ok) return own;
    if (own.edits.length > 0) changed += 1;
    edits.push(...own.edits);
  }
  const name = label ?? labelOf(file, changes, changed);
  const blocked = changes.filter(({ placed, to }) => blockRefusal(file, placed, to) !== null);
  const [first] = blocked;
  if (first !== undefined) {
    const reason = inLine(file, first.placed, changes.length, blockRefusal(file, first.placed, first.to) ?? "");
    const offer = outsideOffer(file, changes, blocked, name);
    return typeof offer === "string" ? refuse(`${reason}; ${offer}`) : { ok: false, reason, offer };
  }
  return accept(file, name, edits);
}

function ownEdits(file: FileView, { placed, to }: RuleChange): RuleEdits {
  return changeText(file.tree, placed.rule, ownValue(file.tree, placed, to));
}

function labelOf(file: FileView, changes: readonly RuleChange[], changed: number): string {
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) return changeName(heldValue(file.tree, only.placed), only.to);
  return `change ${counted(changed)}`;
}

/** All the changes, those that their blocks forbid made outside of them; or why that can't be. */
function outsideOffer(
  file: FileView,
  changes: readonly RuleChange[],
  blocked: readonly RuleChange[],
  label: string,
): EditOffer | string {
  const values = new Map(blocked.map(({ placed, to }) => [placed, to]));
  const edits: TextEdit[] = [];
  for (const inside of Map.groupBy(blocked, ({ placed }) => blockAround(placed)).values()) {
    const rules = inside.map(({ placed }) => placed);
    const outcome = takeOutOfBlock(file, rules, (placed) => values.get(placed) ?? heldValue(file.tree, placed));
    if (!outcome.ok) return outcome.reason;
    edits.push(...outcome.edits.flatMap((each) => each.edits));
  }
  for (const change of changes) {
    if (values.has(change.placed)) continue;
    const own = ownEdits(file, change);
    if (!own.ok) return own.reason;
    edits.push(...own.edits);
  }
  const outcome = accept(file, `${label}, out of the block`, mergeEdits(edits));
  if (!outcome.ok) return outcome.reason;
  const title =
    blocked.length === 1
      ? "Take the rule out of the block and change it"
      : `Take ${counted(blocked.length)} out of the block and change them`;
  return { title, outcome };
}

/** A reason that is about one of several rules names it. */
export function inLine(file: FileView, { rule }: ProfileRule, count: number, reason: string): string {
  return count === 1 ? reason : `\`${ruleName(rule.value)}\` in line ${lineOf(file, rule.node)}: ${reason}`;
}
