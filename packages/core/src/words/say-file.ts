import type { FileView, IncludeView, ProfileRule, ProfileView } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import { childPlaceNotes } from "./conditional.ts";
import { sayAbi, sayAlias, sayBoolean, sayInclude, sayVariable } from "./preamble.ts";
import { sayHead } from "./profile-head.ts";
import { sayRule } from "./say-rule.ts";
import { type VariableValues, valuesOfTree } from "./variable-values.ts";

/** One line of a file in words, with its place. */
export interface LineWords {
  /** A rule's kind, or `abi`, `include`, `variable`, `boolean`, `alias`, `profile`, `hat`. */
  readonly kind: string;
  readonly range: TextRange;
  readonly sentence: string;
  readonly danger: Danger | null;
}

/**
 * Everything of a file that can be said, each part by itself, in the order of the text. `values`: what variables stand for
 * in it; without them, what the file itself sets.
 */
export function sayFileLines(file: FileView, values: VariableValues = valuesOfTree(file.tree)): readonly LineWords[] {
  const lines: LineWords[] = [
    ...(file.abi === null ? [] : [line("abi", file.abi.node, sayAbi(file.abi))]),
    ...file.variables.map((view) => line("variable", view.node, sayVariable(view))),
    ...file.booleans.map((view) => line("boolean", view.node, sayBoolean(view))),
    ...file.aliases.map((view) => line("alias", view.node, sayAlias(view))),
    ...file.includes.map((include) => includeLine(file, include)),
    ...file.looseRules.map((placed) => ruleLine(file, placed, values)),
    ...file.profiles.flatMap((profile) => profileLines(file, profile, null, values)),
  ];
  return lines.toSorted((one, other) => one.range.start - other.range.start);
}

function line(kind: string, { start, end }: TextRange, sentence: string, danger: Danger | null = null): LineWords {
  return { kind, range: { start, end }, sentence, danger };
}

function includeLine({ tree }: FileView, include: IncludeView): LineWords {
  const { sentence, danger } = sayInclude(tree, include);
  return line("include", include.node, sentence, danger);
}

function ruleLine({ tree }: FileView, placed: ProfileRule, values: VariableValues): LineWords {
  const { sentence, danger } = sayRule(tree, placed, values);
  return line(placed.rule.value.kind, placed.rule.node, sentence, danger);
}

function profileLines(
  file: FileView,
  profile: ProfileView,
  parent: ProfileView | null,
  values: VariableValues,
): readonly LineWords[] {
  const head = sayHead(profile, parent);
  const range = { start: profile.node.start, end: profile.body?.start ?? profile.node.end };
  const flags = head.flags.map(({ sentence }) => sentence);
  const danger = head.flags.find((flag) => flag.danger !== null)?.danger ?? null;
  return [
    line(profile.form, range, [head.lead, ...flags, ...childPlaceNotes(file.tree, profile.within)].join(" "), danger),
    ...profile.includes.map((include) => includeLine(file, include)),
    ...profile.rules.map((placed) => ruleLine(file, placed, values)),
    ...profile.children.flatMap((child) => profileLines(file, child, profile, values)),
  ];
}
