import type { Qualifiers, RuleValue } from "@hauberk/core/rules";

import type { FieldWord, RuleField } from "./rule-field.ts";

/** A target of the design, as far as rules care. */
export interface TargetParser {
  /** For people: `Debian 12 (bookworm)`. */
  readonly label: string;
  /** The parser's version; null while nobody has said. */
  readonly parser: string | null;
  /** The kernel's version; null while nobody has said. */
  readonly kernel: string | null;
}

/** Words that only some parsers take, beside those of the vocabulary. */
const kindsSince: Readonly<Partial<Record<RuleValue["kind"], string>>> = {
  all: "4.1.0",
  io_uring: "4.1.0",
  mqueue: "4.1.0",
  userns: "4.1.0",
};

function numbersOf(version: string): readonly number[] {
  return version.split(/[^0-9]+/u).map(Number);
}

/** Compares two versions by their numbers: negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const right = numbersOf(b);
  for (const [at, number] of numbersOf(a).entries()) {
    const difference = number - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What a rule needs, and since which measured parser there is such a thing. */
interface Need {
  readonly what: string;
  readonly since: string;
}

function qualifierNeeds({ priority, access }: Qualifiers): Need[] {
  return [
    ...(priority === null ? [] : [{ what: "`priority=`", since: "4.1.0" }]),
    ...(access === "prompt" ? [{ what: "`prompt`", since: "4.1.0" }] : []),
  ];
}

function wordNeeds(words: readonly FieldWord[], written: readonly string[]): Need[] {
  return words.flatMap(({ name, since, aliases = [] }) =>
    since !== undefined && since !== "3.0.8" && [name, ...aliases].some((each) => written.includes(each))
      ? [{ what: `\`${name}\``, since }]
      : [],
  );
}

function fieldNeeds(field: RuleField): Need[] {
  switch (field.control) {
    case "ticks":
      return wordNeeds(field.words, field.ticked);
    case "choice":
      return wordNeeds(field.words, [field.chosen]);
    case "option-sets":
      return wordNeeds(
        field.words,
        field.sets.flatMap(({ values }) => values),
      );
    case "group":
      return field.fields.flatMap(fieldNeeds);
    case "text":
    case "values":
    case "flag":
    case "rows":
    case "limit":
      return [];
  }
}

/** What a rule needs of a parser beyond 3.0.8, each thing once. */
function needsOf(value: RuleValue, fields: readonly RuleField[]): readonly Need[] {
  const kind = kindsSince[value.kind];
  if (value.kind === "all" && value.qualifiers.access === "deny") return [{ what: "`deny all`", since: "5.0.2" }];
  if (kind !== undefined)
    return [{ what: `\`${value.kind}\` rules`, since: kind }, ...qualifierNeeds(value.qualifiers)];
  return [...qualifierNeeds(value.qualifiers), ...fields.flatMap(fieldNeeds)];
}

/** For each target whose parser refuses the rule, a sentence that says so. */
export function parserNotes(
  value: RuleValue,
  fields: readonly RuleField[],
  targets: readonly TargetParser[],
): readonly string[] {
  const notes = targets.flatMap(({ label, parser }) => {
    if (parser === null) return [];
    const lacking = needsOf(value, fields).filter(({ since }) => compareVersions(parser, since) < 0);
    if (lacking.length === 0) return [];
    const what = [...new Set(lacking.map((need) => need.what))].join(", ");
    const since = lacking.reduce(
      (newest, need) => (compareVersions(need.since, newest) > 0 ? need.since : newest),
      "0",
    );
    return [`${label} has parser ${parser}, which refuses ${what}: known are they from ${since} on.`];
  });
  return value.qualifiers.quiet
    ? [...notes, "No parser up to 5.0.2 takes `quiet`: the rule is refused. A plain deny is quiet anyway."]
    : notes;
}
