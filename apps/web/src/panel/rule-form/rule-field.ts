import type { Condition, RuleValue } from "@hauberk/core/rules";

/** A word that can be ticked or chosen, with what it means. */
export interface FieldWord {
  readonly name: string;
  readonly sentence: string;
  /** The oldest measured parser that knows it. */
  readonly since?: string;
  /** Other spellings of the same. */
  readonly aliases?: readonly string[];
  /** Under which heading it is listed. */
  readonly group?: string;
}

/** From what a text field offers completions. */
export type Offers = "profiles" | "paths" | readonly string[];

interface FieldBase {
  /**
   * Names the part of the rule: `permissions`, `local:set`, `peer:label`, `source` … Problems of the parser find their
   * field by it.
   */
  readonly id: string;
  readonly label: string;
  /** What it means, with code in backticks. */
  readonly hint?: string;
}

/** Words of a closed list, each ticked or not. */
export interface TicksField extends FieldBase {
  readonly control: "ticks";
  readonly words: readonly FieldWord[];
  /** As written, aliases and unknown words too. */
  readonly ticked: readonly string[];
  /** What no tick at all means. */
  readonly none: string;
  /** A long list: with a field to search in it. */
  readonly long?: boolean;
  /** Words beyond the list that can be typed in, as an example; absent where there are none. */
  readonly more?: string;
  readonly change: (ticked: readonly string[]) => RuleValue;
}

/** One word of a list, or none. */
export interface ChoiceField extends FieldBase {
  readonly control: "choice";
  /** The empty name stands for "not written". */
  readonly words: readonly FieldWord[];
  readonly chosen: string;
  readonly change: (chosen: string) => RuleValue;
}

/** A text of the person's own; the empty text stands for "not written". */
export interface TextField extends FieldBase {
  readonly control: "text";
  readonly text: string;
  readonly placeholder?: string;
  readonly offers?: Offers;
  readonly change: (text: string) => RuleValue;
}

/** Several values of the person's own in one text, with commas between; none stands for "not written". */
export interface ValuesField extends FieldBase {
  readonly control: "values";
  readonly values: readonly string[];
  readonly placeholder?: string;
  readonly offers?: Offers;
  readonly change: (values: readonly string[]) => RuleValue;
}

/** Yes or no. */
export interface FlagField extends FieldBase {
  readonly control: "flag";
  readonly on: boolean;
  readonly change: (on: boolean) => RuleValue;
}

/** `options=(…)` and `options in (…)`: each a list of ticks with its own meaning. */
export interface OptionSetsField extends FieldBase {
  readonly control: "option-sets";
  readonly key: string;
  readonly words: readonly FieldWord[];
  readonly sets: readonly Condition[];
  readonly change: (sets: readonly Condition[]) => RuleValue;
}

/** Conditions that no other field shows, as written: their values can be changed, and they can be taken away. */
export interface RowsField extends FieldBase {
  readonly control: "rows";
  readonly rows: readonly Condition[];
  readonly change: (rows: readonly Condition[]) => RuleValue;
}

/** The value of a limit: a number and its unit, or `infinity`. */
export interface LimitField extends FieldBase {
  readonly control: "limit";
  readonly resource: string;
  readonly value: string;
  readonly change: (value: string) => RuleValue;
}

/** A field that stands by itself. */
export type PlainField =
  | TicksField
  | ChoiceField
  | TextField
  | ValuesField
  | FlagField
  | OptionSetsField
  | RowsField
  | LimitField;

/** Fields under one heading: the peer. */
export interface GroupField extends FieldBase {
  readonly control: "group";
  readonly fields: readonly PlainField[];
}

/** A part of a rule as a form shows it: what it is now, and the rule that a change makes. */
export type RuleField = PlainField | GroupField;
