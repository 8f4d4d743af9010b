import type { RuleValue } from "../../rules/index.ts";

/** A part of a rule that narrows it, and that a release may drop without a word. */
export interface Narrowing<V extends RuleValue = RuleValue> {
  /** What of the rule it is, as a noun: "the peer's port". */
  readonly part: string;
  /** What the rule takes in where this part is dropped, to go on from "also": "every port of the peer, not only `53`". */
  readonly takesIn: string;
  /** The rule without it. */
  readonly drop: (value: V) => V;
}
