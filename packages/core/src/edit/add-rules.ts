import type { FileView, ProfileView } from "../design/index.ts";
import { writeRule, type FileRuleValue, type PlacedRule, type RuleValue } from "../rules/index.ts";
import { LineIndex, type TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkRule } from "./check-rule.ts";
import type { Container } from "./container.ts";
import { ruleName } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { alignedRule, openContainer, unreadProblem } from "./edit-rule.ts";
import { isDeny, kindRank, pathSteps, placeForRule } from "./find-place.ts";
import { insertItems, type Place } from "./insert-item.ts";

/** What `addRules` comes to; a refusal names the rule by its position in the list. */
export type AddRulesOutcome = EditOutcome | { readonly ok: false; readonly reason: string; readonly rule: number };

/**
 * Adds many rules as one edit: each beside its kind as the text stands now, those of one place in the order given. A rule that
 * can't be written, or stands there (or in the list) already, refuses all. The effort grows with the rules there are and
 * those to add, not with their product.
 */
export function addRules(file: FileView, profile: ProfileView | null, values: readonly RuleValue[]): AddRulesOutcome {
  const container = openContainer(file, profile);
  if (typeof container === "string") return refuse(container);
  const own = (profile === null ? file.looseRules : profile.rules)
    .filter(({ within }) => within.length === 0)
    .map(({ rule }) => rule);
  const refused = firstRefusal(file, own, values);
  if (refused !== null) return refused;
  const [first] = values;
  const label = values.length === 1 && first !== undefined ? `add ${ruleName(first)}` : `add ${values.length} rules`;
  return accept(
    file,
    label,
    ruleInsertions(
      container,
      own,
      values.map((value) => ({ value })),
    ),
  );
}

function firstRefusal(file: FileView, own: readonly PlacedRule[], values: readonly RuleValue[]) {
  const read = own.filter((rule) => unreadProblem(file, rule) === null);
  const written = new Map(read.map((rule) => [writeRule(rule.value), rule]));
  const listed = new Set<string>();
  for (const [rule, value] of values.entries()) {
    const reason = checkRule(value);
    if (reason !== null) return { ok: false as const, reason, rule };
    const text = writeRule(value);
    const same = written.get(text);
    if (same !== undefined) {
      const line = new LineIndex(file.tree.text).positionAt(same.node.start).line;
      return { ok: false as const, reason: `\`${ruleName(value)}\` stands in line ${line} already`, rule };
    }
    if (listed.has(text)) return { ok: false as const, reason: `\`${ruleName(value)}\` is twice in this list`, rule };
    listed.add(text);
  }
  return null;
}

/** A rule to put into a container; its own lines where it has some, else it is written anew. */
export interface NewRule {
  readonly value: RuleValue;
  /** Comments and the rule itself, without indentation. */
  readonly lines?: readonly string[];
}

/** The rules that go to one place, in the order given. */
interface Group {
  readonly place: Place;
  readonly rank: number;
  readonly rules: (readonly string[])[];
}

/** The edits that put rules into a container: each beside its kind, those of one place in the order given. */
export function ruleInsertions(
  container: Container,
  own: readonly PlacedRule[],
  added: readonly NewRule[],
): TextEdit[] {
  const neighbours = new Neighbours(own);
  const groups = new Map<unknown, Group>();
  for (const { value, lines } of added) {
    const nearest = neighbours.of(value);
    // Without kin all of a kind go to the same new place.
    const key = nearest?.node ?? value.kind;
    let group = groups.get(key);
    if (group === undefined) {
      const place =
        nearest === undefined
          ? placeForRule(container, value)
          : { after: nearest.node, sameGroup: true, neighbour: nearest.node };
      group = { place, rank: kindRank(value), rules: [] };
      groups.set(key, group);
    }
    group.rules.push(lines ?? [alignedRule(container, group.place, value)]);
  }
  return [...groups.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ place, rules }) => insertItems(container, place, rules));
}

/** Finds the rule beside which a new one belongs, as `placeForRule` does, without looking at every rule each time. */
class Neighbours {
  readonly #last = new Map<string, PlacedRule>();
  readonly #byFolder = new Map<string, PlacedRule>();

  constructor(rules: readonly PlacedRule[]) {
    // Later rules take the places of earlier ones: among equals the last counts.
    for (const rule of rules) {
      const { value } = rule;
      const access = `${value.kind} ${String(isDeny(value))}`;
      this.#last.set(access, rule);
      this.#last.set(value.kind, rule);
      if (value.kind !== "file") continue;
      for (const folder of pathSteps(value.path)) {
        this.#byFolder.set(`${access} ${folder}`, rule);
        this.#byFolder.set(`${access} ${owner(value)} ${folder}`, rule);
      }
    }
  }

  of(value: RuleValue): PlacedRule | undefined {
    const own = `${value.kind} ${String(isDeny(value))}`;
    const any = this.#last.get(own) ?? this.#last.get(value.kind);
    if (value.kind !== "file" || any === undefined) return any;
    const access = `${value.kind} ${String(isDeny(any.value))}`;
    for (const folder of pathSteps(value.path)) {
      const near =
        this.#byFolder.get(`${access} ${owner(value)} ${folder}`) ?? this.#byFolder.get(`${access} ${folder}`);
      if (near !== undefined) return near;
    }
    return any;
  }
}

function owner(value: FileRuleValue): string {
  return value.qualifiers.owner ?? "all";
}
