import { includesBring, valuesIn, type PolicyFiles } from "../analysis/index.ts";
import {
  allRules,
  effectiveQualifiers,
  type FileView,
  includesOf,
  isDropped,
  type ProfileRule,
} from "../design/index.ts";
import { writeRule } from "../rules/index.ts";
import { worstDanger, type Danger } from "../vocabulary/index.ts";
import { code, namesBehind, sayRule, valuesOfName, type VariableValues } from "../words/index.ts";
import { allowedDanger } from "./allowed-danger.ts";
import type { BothPolicies } from "./both-policies.ts";

/** A rule that names a variable, itself or by what its variables stand for. */
interface VariableUse {
  readonly view: FileView;
  /** The file whose preamble says what its variables stand for. */
  readonly file: string;
  readonly placed: ProfileRule;
  readonly values: VariableValues;
}

/** What becomes of rules as a variable stands for something else. */
export interface VariableReach {
  /** How many rules reach something else. */
  readonly rules: number;
  /** How grave it can be what they newly let happen; null where they let nothing more happen. */
  readonly danger: Danger | null;
  /** The gravest of them, as text; null where `danger` is. */
  readonly gravest: string | null;
}

const uses = new WeakMap<PolicyFiles, ReadonlyMap<string, readonly VariableUse[]>>();

/** Every rule of the design, and of what its files include, by the variables that it comes to. */
function usesIn(files: PolicyFiles): ReadonlyMap<string, readonly VariableUse[]> {
  const known = uses.get(files);
  if (known !== undefined) return known;
  const found = new Map<string, VariableUse[]>();
  for (const view of files.design) {
    const values = valuesIn(view, files);
    for (const { view: from, placed } of rulesFor(view, files)) {
      const { start, end } = placed.rule.node;
      if (isDropped(placed) || !from.tree.text.slice(start, end).includes("@{")) continue;
      for (const name of namesBehind(writeRule(placed.rule.value), values)) {
        const those = found.get(name) ?? [];
        found.set(name, those);
        those.push({ view: from, file: view.path, placed, values });
      }
    }
  }
  uses.set(files, found);
  return found;
}

/** A file's own rules, and those that it takes in of the target; what it takes in of the design is looked at by itself. */
function rulesFor(view: FileView, files: PolicyFiles): readonly Pick<VariableUse, "view" | "placed">[] {
  const own = allRules(view).map((placed) => ({ view, placed }));
  const { brought } = includesBring(includesOf(view), files);
  const taken = brought.filter(({ file }) => file.origin === "target");
  return [...own, ...taken.map(({ file, placed }) => ({ view: file.view, placed }))];
}

/** How grave the gravest rule is that a variable takes part in; null where no rule that allows something does. */
export function variableDanger(name: string, files: PolicyFiles): Danger | null {
  return worst(
    (usesIn(files).get(name) ?? []).map(({ view, placed, values }) => sayRule(view.tree, placed, values).danger),
  );
}

/**
 * What becomes of the rules that variables take part in, in whichever files these stand for something else now. Rules that
 * are new themselves are changes of their own.
 */
export function variableReach(names: readonly string[], policies: BothPolicies): VariableReach {
  const changed = new Set<ProfileRule>();
  let danger: Danger | null = null;
  let gravest: string | null = null;
  for (const name of new Set(names)) {
    for (const use of usesIn(policies.after).get(name) ?? []) {
      const then = valuesBefore(use, policies);
      if (then === null) continue;
      const [had, has] = [valuesOfName(name, then), valuesOfName(name, use.values)];
      const gained = has.some((value) => !had.includes(value));
      const lost = had.some((value) => !has.includes(value));
      if (!gained && !lost) continue;
      changed.add(use.placed);
      const graver = worst([danger, openedBy(use, gained, lost ? then : null)]);
      if (graver !== danger) gravest = writeRule(use.placed.rule.value);
      danger = graver;
    }
  }
  return { rules: changed.size, danger, gravest };
}

/** What variables stood for where the rule stood in the earlier revision; null where it stood nowhere. */
function valuesBefore({ view, file, placed }: VariableUse, { before, renamed }: BothPolicies): VariableValues | null {
  const isSame = ({ path }: FileView): boolean => (renamed.get(path) ?? path) === file;
  const homes = view.path === file ? (rulesIn(before).get(writeRule(placed.rule.value)) ?? []) : before.design;
  const home = homes.find(isSame) ?? (view.path === file ? homes[0] : undefined);
  return home === undefined ? null : valuesIn(home, before);
}

const standing = new WeakMap<PolicyFiles, ReadonlyMap<string, readonly FileView[]>>();

/** In which files of the design rules stand, by what they say. */
function rulesIn(files: PolicyFiles): ReadonlyMap<string, readonly FileView[]> {
  const known = standing.get(files);
  if (known !== undefined) return known;
  const found = Map.groupBy(
    files.design.flatMap((view) => allRules(view).map(({ rule }) => ({ view, text: writeRule(rule.value) }))),
    ({ text }) => text,
  );
  const made = new Map([...found].map(([text, all]) => [text, all.map(({ view }) => view)]));
  standing.set(files, made);
  return made;
}

/** What a rule lets happen by what its variables newly stand for; a deny, by what of `lost` they stand for no more. */
function openedBy({ view, placed, values }: VariableUse, gained: boolean, lost: VariableValues | null): Danger | null {
  if (effectiveQualifiers(view.tree, placed).access !== "deny")
    return gained ? sayRule(view.tree, placed, values).danger : null;
  return lost === null ? null : allowedDanger(placed.rule.value, lost);
}

function worst(dangers: readonly (Danger | null)[]): Danger | null {
  const known = dangers.flatMap((danger) => danger ?? []);
  return known.length === 0 ? null : worstDanger(known);
}

/** What a person must know of the rules behind a variable, as a sentence; none where no rule is touched. */
export function reachWords({ rules, gravest }: VariableReach): readonly string[] {
  if (rules === 0) return [];
  const what = rules === 1 ? "What 1 rule reaches changes with it" : `What ${rules} rules reach changes with it`;
  return [
    gravest === null
      ? `${what}.`
      : rules === 1
        ? `${what}: ${code(gravest)}.`
        : `${what}, the gravest: ${code(gravest)}.`,
  ];
}
