import { includeBrings, valuesIn, worstSayings, type PolicyFiles } from "../analysis/index.ts";
import { effectiveQualifiers, isDropped, type ProfileRule, type VariableView } from "../design/index.ts";
import { writeRule, type RuleValue } from "../rules/index.ts";
import { worstDanger, type Danger } from "../vocabulary/index.ts";
import {
  code,
  codes,
  listed,
  sayAbi,
  sayAlias,
  sayBoolean,
  sayInclude,
  sayRule,
  noValues,
  sayVariable,
  type VariableValues,
} from "../words/index.ts";
import type { BothPolicies, Revision } from "./both-policies.ts";
import type { ChangeBrings, ChangeSide, Gives, ReviewChange } from "./change.ts";
import { sayDifference } from "./difference.ts";
import type { FileParts, Part } from "./parts.ts";
import type { PartPair } from "./pair-parts.ts";
import { allowedDanger } from "./allowed-danger.ts";
import { turned, valueGives } from "./rule-gives.ts";
import { reachWords, variableDanger, variableReach, type VariableReach } from "./variable-reach.ts";

/** A change before it has its id. */
export type NewChange = Omit<ReviewChange, "id">;

/** A part with the file that it stands in. */
export interface PartAt {
  readonly file: FileParts;
  readonly part: Part;
}

/** The longest text that a side shows. */
const longestText = 4_000;

/** A place of a revision with its words. */
export function sideOf(
  file: FileParts,
  range: ChangeSide["range"],
  sentence: string,
  danger: Danger | null,
): ChangeSide {
  return {
    file: file.path,
    line: file.lines.positionAt(range.start).line,
    range: { start: range.start, end: range.end },
    text: file.view.tree.text.slice(range.start, Math.min(range.end, range.start + longestText)),
    sentence,
    danger,
  };
}

/** A part that came. */
export function addedPart(at: PartAt, profile: string | null, policies: BothPolicies): NewChange {
  const side = sideOfPart(at, policies, "after");
  const brings = bringsOf(at, policies.after);
  const reach = reachOf([at.part], policies);
  const gives = givesAlone(at, policies.after);
  return {
    ...partHead(at, profile),
    act: "added",
    before: null,
    after: side,
    sentence: [side.sentence, ...reachWords(reach)].join(" "),
    gives,
    danger: gives === "less" || gives === "same" ? null : addedDanger(at.part, side, brings, reach),
    brings,
  };
}

/** A part that went: a deny that is gone lets happen what it refused. */
export function removedPart(at: PartAt, profile: string | null, policies: BothPolicies): NewChange {
  const side = sideOfPart(at, policies, "before");
  const reach = reachOf([at.part], policies);
  const gives = turned(givesAlone(at, policies.before));
  return {
    ...partHead(at, profile),
    act: "removed",
    before: side,
    after: null,
    sentence: [`Gone: “${side.sentence}”`, ...reachWords(reach)].join(" "),
    gives,
    danger: worst([gives === "more" ? refusedDanger(at, policies) : null, reach.danger]),
    brings: bringsOf(at, policies.before),
  };
}

/** A part that says something else now. */
export function changedPart(before: PartAt, after: PartAt, profile: string | null, policies: BothPolicies): NewChange {
  const sides = { before: sideOfPart(before, policies, "before"), after: sideOfPart(after, policies, "after") };
  const pair = { before: before.part, after: after.part };
  const gives = changeGives(before, after);
  const reach = reachOf([before.part, after.part], policies);
  return {
    ...partHead(after, profile),
    act: "changed",
    ...sides,
    sentence: [changeSentence(pair, sides), ...reachWords(reach)].join(" "),
    gives,
    danger: gives === "less" || gives === "same" ? null : changedDanger(before, after, sides.after, reach, policies),
    brings: null,
  };
}

function partHead(
  { file, part }: PartAt,
  profile: string | null,
): Pick<NewChange, "subject" | "kind" | "file" | "profile"> {
  return { subject: part.view.subject, kind: part.kind, file: file.path, profile };
}

function sideOfPart(at: PartAt, policies: BothPolicies, when: Revision): ChangeSide {
  const { sentence, danger } = wordsOf(at, policies, when);
  return sideOf(at.file, at.part.range, sentence, danger);
}

/** What the variables of a part stand for; the files around it are not read for a part that has none. */
function valuesAt({ file, part }: PartAt, policies: BothPolicies, when: Revision): VariableValues {
  const { start, end } = part.range;
  return file.view.tree.text.slice(start, end).includes("@{") ? valuesIn(file.view, policies[when]) : noValues;
}

function wordsOf(
  at: PartAt,
  policies: BothPolicies,
  when: Revision,
): { readonly sentence: string; readonly danger: Danger | null } {
  const { view } = at.part;
  switch (view.subject) {
    case "rule":
      return sayRule(at.file.view.tree, view.placed, valuesAt(at, policies, when));
    case "include":
      return sayInclude(at.file.view.tree, view.include);
    case "abi":
      return { sentence: sayAbi(view.abi), danger: null };
    case "variable":
      return { sentence: sayVariable(view.variable), danger: variableDanger(view.variable.name, policies[when]) };
    case "boolean":
      return { sentence: sayBoolean(view.boolean), danger: null };
    case "alias":
      return { sentence: sayAlias(view.alias), danger: null };
  }
}

/** What a part that stands alone lets happen, against its not being there. */
function givesAlone({ file, part }: PartAt, policy: PolicyFiles): Gives {
  const { view } = part;
  if (view.subject === "rule") return ruleAlone(file, view.placed);
  if (view.subject !== "include") return "unclear";
  const brings = includeBrings(view.include, policy);
  if (brings.standing !== "found") return brings.standing === "absent" ? "same" : "unclear";
  const accesses = new Set(
    brings.brought.map(({ file: from, placed }) => effectiveQualifiers(from.view.tree, placed).access),
  );
  if (brings.variables.length > 0 || brings.profiles.length > 0 || accesses.size > 1) return "unclear";
  return accesses.size === 0 ? "same" : accesses.has("deny") ? "less" : "more";
}

function ruleAlone(file: FileParts, placed: ProfileRule): Gives {
  if (isDropped(placed)) return "same";
  // A limit takes away what no limit leaves.
  if (placed.rule.value.kind === "rlimit") return "less";
  return isDeny(file, placed) ? "less" : "more";
}

function isDeny(file: FileParts, placed: ProfileRule): boolean {
  return effectiveQualifiers(file.view.tree, placed).access === "deny";
}

/** How grave it would be if what a rule refused in the earlier revision were allowed. */
function refusedDanger(before: PartAt, policies: BothPolicies): Danger | null {
  const { view } = before.part;
  return view.subject === "rule" ? allowedDanger(view.placed.rule.value, valuesAt(before, policies, "before")) : null;
}

/** What rules come to by the variables that a part sets, itself or by what it includes. */
function reachOf(parts: readonly Part[], policies: BothPolicies): VariableReach {
  const names = parts.flatMap(({ view }) => {
    if (view.subject === "variable") return [view.variable.name];
    if (view.subject !== "include") return [];
    const brought = [policies.before, policies.after].flatMap((files) => includeBrings(view.include, files).variables);
    return brought.map(({ name }) => name);
  });
  return variableReach(names, policies);
}

/** A variable that came opens what rules newly reach by it, whatever they reach by others of its values. */
function addedDanger(
  { view }: Part,
  side: ChangeSide,
  brings: ChangeBrings | null,
  reach: VariableReach,
): Danger | null {
  if (view.subject === "variable") return reach.danger;
  return worst([side.danger, reach.danger, ...(brings?.gravest ?? []).map((each) => each.danger)]);
}

function worst(dangers: readonly (Danger | null)[]): Danger | null {
  const known = dangers.flatMap((danger) => danger ?? []);
  return known.length === 0 ? null : worstDanger(known);
}

/** How many sentences tell what an include brings. */
const mostGravest = 5;

function bringsOf({ file, part: { view } }: PartAt, policy: PolicyFiles): ChangeBrings | null {
  if (view.subject !== "include") return null;
  const { standing, rules, counts, brought } = includeBrings(view.include, policy);
  const gravest = worstSayings(brought, "medium", mostGravest, valuesIn(file.view, policy)).map(
    ({ sentence, danger }) => ({ sentence, danger }),
  );
  return { known: standing === "found" || standing === "absent", rules, counts, gravest };
}

function changeGives(before: PartAt, after: PartAt): Gives {
  const [from, to] = [before.part.view, after.part.view];
  if (from.subject === "variable" && to.subject === "variable") return variableGives(from.variable, to.variable);
  if (from.subject !== "rule" || to.subject !== "rule") return "unclear";
  if (before.part.broken || after.part.broken || isDropped(from.placed) || isDropped(to.placed)) return "unclear";
  if (before.part.context !== after.part.context && [from, to].some(({ placed }) => isConditional(placed)))
    return "unclear";
  const [wasDeny, isDenyNow] = [isDeny(before.file, from.placed), isDeny(after.file, to.placed)];
  if (wasDeny !== isDenyNow) return isDenyNow ? "less" : "more";
  const gives = valueGives(standingValue(before.file, from.placed), standingValue(after.file, to.placed));
  return isDenyNow ? turned(gives) : gives;
}

function isConditional({ within }: ProfileRule): boolean {
  return within.some(({ kind }) => kind === "conditional-branch");
}

/** The value with what the blocks around the rule add to it. */
function standingValue(file: FileParts, placed: ProfileRule): RuleValue {
  const { value } = placed.rule;
  const { audit, quiet, owner } = effectiveQualifiers(file.view.tree, placed);
  return { ...value, qualifiers: { ...value.qualifiers, audit, quiet, owner } };
}

function changedDanger(
  before: PartAt,
  { file, part: { view } }: PartAt,
  side: ChangeSide,
  reach: VariableReach,
  policies: BothPolicies,
): Danger | null {
  if (view.subject === "variable") return reach.danger;
  if (view.subject === "rule" && isDeny(file, view.placed)) return refusedDanger(before, policies);
  return worst([side.danger, reach.danger]);
}

/** Rules that allow and rules that refuse may both name the variable, in any file: nothing is claimed of other values. */
function variableGives(before: VariableView, after: VariableView): Gives {
  const [had, has] = [before, after].map(({ values }) => [...new Set(values)].toSorted().join("\n"));
  return before.operator === after.operator && had === has ? "same" : "unclear";
}

function changeSentence({ before, after }: PartPair, sides: Record<"before" | "after", ChangeSide>): string {
  const [from, to] = [before.view, after.view];
  const { sentence } = sides.after;
  if (from.subject === "rule" && to.subject === "rule") {
    if (before.context !== after.context) return `What stands around this rule is different now. ${sentence}`;
    const [was, is] = [from.placed.rule.value, to.placed.rule.value];
    if (writeRule(was) === writeRule(is)) return `${code(sides.before.text)} is now ${code(sides.after.text)}.`;
    return sayDifference(was, is);
  }
  if (from.subject === "variable" && to.subject === "variable") return sayValues(from.variable, to.variable);
  return `${sentence} Before: ${wasWord(from)}.`;
}

function wasWord(view: Part["view"]): string {
  switch (view.subject) {
    case "include": {
      const { path, magic, ifExists } = view.include;
      return code(`include ${ifExists ? "if exists " : ""}${magic ? `<${path}>` : `"${path}"`}`);
    }
    case "abi":
      return code(view.abi.path);
    case "alias":
      return code(view.alias.to);
    case "boolean":
      return view.boolean.value ? "on" : "off";
    case "variable":
      return sayVariable(view.variable);
    case "rule":
      return code(writeRule(view.placed.rule.value));
  }
}

/** More values than that are counted only. */
const mostValues = 12;

function sayValues(before: VariableView, after: VariableView): string {
  const gained = after.values.filter((value) => !before.values.includes(value));
  const lost = before.values.filter((value) => !after.values.includes(value));
  const said = [
    ...(gained.length === 0 ? [] : [`can stand for ${codes(gained, "or", mostValues)} too`]),
    ...(lost.length === 0 ? [] : [`no longer stands for ${codes(lost, "or", mostValues)}`]),
    ...(before.operator === after.operator
      ? []
      : [`is set by ${code(after.operator)} in place of ${code(before.operator)}`]),
  ];
  if (said.length === 0) return `${code(`@{${after.name}}`)} has the same values in another order.`;
  return `${code(`@{${after.name}}`)} ${listed(said)}.`;
}
