import type { Condition, RuleValue } from "@hauberk/core/rules";

import type { ChoiceField, FieldWord, Offers, PlainField, RowsField, TextField, TicksField } from "./rule-field.ts";

/** A key that a kind of rule knows, and how its value is given. */
export interface KnownKey {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly offers?: Offers;
  /** The closed list of its values. */
  readonly words?: readonly FieldWord[];
  /** Many values of the list. */
  readonly many?: boolean;
  readonly long?: boolean;
  readonly more?: string;
  /** What stands where it is not written. */
  readonly none: string;
}

/** Where the conditions stand, for the ids of the fields. */
type Side = "local" | "peer";

/** True where the condition is the only one of its key and says a plain `key=value`: a field of its own shows it. */
function isPlain(condition: Condition, all: readonly Condition[], known: KnownKey): boolean {
  if (condition.operator !== "=" || condition.values.length === 0) return false;
  if (known.many !== true && condition.values.length !== 1) return false;
  return all.every((other) => other === condition || other.key !== condition.key);
}

/** The conditions with one key's values replaced: in its place, gone where there are none, at the end where it is new. */
export function withCondition(
  all: readonly Condition[],
  key: string,
  values: readonly string[],
  order: readonly string[] = [],
): readonly Condition[] {
  const at = all.findIndex((condition) => condition.key === key);
  if (values.length === 0) return all.filter((_, index) => index !== at);
  const written: Condition = { key, operator: "=", values };
  if (at !== -1) return all.with(at, written);
  const rank = order.indexOf(key);
  const before = all.findIndex((condition) => order.indexOf(condition.key) > rank);
  return before === -1 ? [...all, written] : all.toSpliced(before, 0, written);
}

/** The fields of some conditions: one for each known key, and rows for what is written otherwise. */
export function conditionFields(
  side: Side,
  all: readonly Condition[],
  keys: readonly KnownKey[],
  change: (conditions: readonly Condition[]) => RuleValue,
): readonly PlainField[] {
  const order = keys.map(({ key }) => key);
  const shown = new Set<Condition>();
  const fields: PlainField[] = [];
  for (const known of keys) {
    const own = all.filter(({ key }) => key === known.key);
    const [first] = own;
    if (first !== undefined && !isPlain(first, all, known)) continue;
    if (first !== undefined) shown.add(first);
    fields.push(
      fieldOf(side, known, first?.values ?? [], (values) => change(withCondition(all, known.key, values, order))),
    );
  }
  const others = all.filter((condition) => !shown.has(condition));
  if (others.length > 0) fields.push(rowsField(side, all, others, change));
  return fields;
}

function fieldOf(
  side: Side,
  known: KnownKey,
  values: readonly string[],
  change: (values: readonly string[]) => RuleValue,
): TicksField | ChoiceField | TextField {
  const base = {
    id: `${side}:${known.key}`,
    label: known.label,
    ...(known.hint === undefined ? {} : { hint: known.hint }),
  };
  const [value = ""] = values;
  if (known.words !== undefined && known.many === true) {
    return {
      ...base,
      control: "ticks",
      words: known.words,
      ticked: values,
      none: known.none,
      ...(known.long === true ? { long: true } : {}),
      ...(known.more === undefined ? {} : { more: known.more }),
      change,
    };
  }
  const one = (text: string) => change(text === "" ? [] : [text]);
  if (known.words !== undefined) {
    return {
      ...base,
      control: "choice",
      words: [{ name: "", sentence: known.none }, ...withWritten(known.words, value)],
      chosen: value,
      change: one,
    };
  }
  return {
    ...base,
    control: "text",
    text: value,
    placeholder: known.placeholder ?? known.none,
    ...(known.offers === undefined ? {} : { offers: known.offers }),
    change: one,
  };
}

/** The list with a word that is written but not in it. */
export function withWritten(words: readonly FieldWord[], written: string): readonly FieldWord[] {
  return written === "" || words.some(({ name }) => name === written)
    ? words
    : [...words, { name: written, sentence: "As written in the text; not a word that Hauberk knows here." }];
}

function rowsField(
  side: Side,
  all: readonly Condition[],
  others: readonly Condition[],
  change: (conditions: readonly Condition[]) => RuleValue,
): RowsField {
  return {
    control: "rows",
    id: `${side}:rows`,
    label: side === "peer" ? "More about the peer, as written" : "More conditions, as written",
    rows: others,
    change: (rows) => change(mergeRows(all, others, rows)),
  };
}

/** Puts changed rows back where the rows they come from stood; rows that are gone leave, in order. */
function mergeRows(
  all: readonly Condition[],
  before: readonly Condition[],
  rows: readonly Condition[],
): readonly Condition[] {
  if (rows.length === before.length) {
    return all.map((condition) => {
      const at = before.indexOf(condition);
      return at === -1 ? condition : (rows[at] ?? condition);
    });
  }
  const kept = new Set(rows);
  return all.filter((condition) => !before.includes(condition) || kept.has(condition));
}
