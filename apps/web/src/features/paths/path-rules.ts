import {
  effectiveQualifiers,
  type FileView,
  heldValue,
  type ProfileRule,
  type ProfileView,
} from "@hauberk/core/design";
import type { FileRuleValue } from "@hauberk/core/rules";

import { type PathRow, pathRow } from "./paths-model.ts";

/** What filters, orders and folders ask of a rule. Cheaper than its row: thousands are asked at once. */
export interface PathFacts {
  /** What holds where it stands: with what blocks around it give. */
  readonly value: FileRuleValue;
  readonly owner: "owner" | "other" | null;
  readonly deny: boolean;
  readonly audit: boolean;
  readonly conditional: boolean;
}

/**
 * The file rules of a profile. Rules are told by their numbers among all rules of the profile; a row is made when it comes into
 * sight, so that an edit costs as much in a long profile as in a short one.
 */
export class PathRules {
  readonly file: FileView;
  readonly profile: ProfileView;
  /** The numbers of the file rules, in the order of the text. */
  readonly numbers: readonly number[];
  readonly #rows = new Map<number, PathRow>();

  constructor(file: FileView, profile: ProfileView) {
    this.file = file;
    this.profile = profile;
    const numbers: number[] = [];
    for (const [number, { rule }] of profile.rules.entries()) if (rule.value.kind === "file") numbers.push(number);
    this.numbers = numbers;
  }

  /** The row of a rule; undefined where the number is no file rule's. */
  row(number: number): PathRow | undefined {
    const known = this.#rows.get(number);
    if (known !== undefined) return known;
    const placed = this.profile.rules[number];
    const made = placed === undefined ? undefined : pathRow(this.file, placed, number);
    if (made !== undefined) this.#rows.set(number, made);
    return made;
  }

  /** What holds for a file rule where it stands. */
  facts(number: number): PathFacts | undefined {
    const placed = this.profile.rules[number];
    return placed === undefined ? undefined : factsOf(this.file, placed);
  }

  /** The number of the file rule that holds an offset of the text, or -1. */
  numberAt(offset: number): number {
    const { rules } = this.profile;
    let [low, high] = [0, rules.length - 1];
    // The last rule that begins at or before the offset: where two touch, the one that begins there.
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((rules[middle]?.rule.node.start ?? 0) <= offset) low = middle + 1;
      else high = middle - 1;
    }
    const found = rules[high]?.rule;
    return found !== undefined && offset <= found.node.end && found.value.kind === "file" ? high : -1;
  }
}

function factsOf(file: FileView, placed: ProfileRule): PathFacts | undefined {
  const value = heldValue(file.tree, placed);
  if (value.kind !== "file") return undefined;
  const { owner, audit, access } = value.qualifiers;
  const conditional = placed.within.length > 0 && effectiveQualifiers(file.tree, placed).conditional;
  return { value, owner, deny: access === "deny", audit, conditional };
}
