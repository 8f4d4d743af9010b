import { effectiveQualifiers, type EffectiveQualifiers, isDropped, type ProfileRule } from "../design/index.ts";
import { unreadParts, type RuleValue } from "../rules/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import { sayAll } from "./all.ts";
import { sayCapability } from "./capability.ts";
import { sayChangeProfile } from "./change-profile.ts";
import { sayConditions } from "./conditional.ts";
import { sayDbus } from "./dbus.ts";
import { sayFile } from "./file.ts";
import { sayIoUring } from "./io-uring.ts";
import { codes } from "./lists.ts";
import { sayLink } from "./link.ts";
import { sayMount } from "./mount.ts";
import { sayMqueue } from "./mqueue.ts";
import { sayNetwork } from "./network.ts";
import type { Manner, Phrase } from "./phrase.ts";
import { sayPtrace } from "./ptrace.ts";
import { sayRlimit } from "./rlimit.ts";
import { saySignal } from "./signal.ts";
import { sayUnix } from "./unix.ts";
import { sayUserns } from "./userns.ts";
import { noValues, type VariableValues, valuesOfTree } from "./variable-values.ts";

/** A rule as a person would say it, and what it opens where the vocabulary knows. */
export interface RuleWords {
  /** The whole of it: what it says and every note. */
  readonly sentence: string;
  /** Null for a deny, and where nothing is known of the kind. */
  readonly danger: Danger | null;
  /** The sentence in its parts, for who shows them apart. */
  readonly parts: RuleWordParts;
}

/** "May" "read `/etc/x`" "Each use is logged." */
export interface RuleWordParts {
  readonly lead: string;
  /** Goes on from the lead, without a stop. */
  readonly act: string;
  /** Whole sentences. */
  readonly notes: readonly string[];
}

/** What is known of a rule where it stands, as far as words need it. */
export type RuleStanding = Omit<EffectiveQualifiers, "conditional">;

interface Said {
  readonly value: RuleValue;
  readonly values: VariableValues;
  readonly words: RuleWords;
}

const said = new WeakMap<SyntaxNode, Said>();

/**
 * A rule where it stands, in words. `known`: what variables stand for there; without it, what the file itself sets. Said once
 * per node of a tree and what its variables stand for, so that a table may ask for each row that it shows.
 */
export function sayRule(tree: SyntaxTree, placed: ProfileRule, known: VariableValues = valuesOfTree(tree)): RuleWords {
  const { node, value } = placed.rule;
  const values = isWeighedByValues(value) ? known : noValues;
  const before = said.get(node);
  if (before !== undefined && before.value === value && before.values === values) return before.words;
  const standing = effectiveQualifiers(tree, placed);
  const words = wordsOf(value, { ...standing, values }, placeNotes(tree, placed), isDropped(placed));
  said.set(node, { value, values, words });
  return words;
}

/** A rule that stands nowhere yet, in words: for forms and previews. */
export function sayValue(value: RuleValue, values: VariableValues = noValues): RuleWords {
  const access = value.qualifiers.access === "deny" ? "deny" : "allow";
  return wordsOf(value, { ...value.qualifiers, access, values }, [], false);
}

/** True for a rule whose danger depends on what variables stand for. */
function isWeighedByValues(value: RuleValue): boolean {
  if (value.kind === "file") return value.path?.includes("@{") === true;
  return value.kind === "mount" && value.target?.includes("@{") === true;
}

/** What a rule is about, without its qualifiers. A new kind is one module and one line here. */
export function phraseOf(value: RuleValue, manner: Manner): Phrase {
  switch (value.kind) {
    case "file":
      return sayFile(value, manner);
    case "link":
      return sayLink(value, manner);
    case "capability":
      return sayCapability(value, manner);
    case "network":
      return sayNetwork(value, manner);
    case "unix":
      return sayUnix(value, manner);
    case "signal":
      return saySignal(value, manner);
    case "ptrace":
      return sayPtrace(value, manner);
    case "dbus":
      return sayDbus(value, manner);
    case "mqueue":
      return sayMqueue(value, manner);
    case "io_uring":
      return sayIoUring(value, manner);
    case "userns":
      return sayUserns(manner);
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
      return sayMount(value, manner);
    case "change_profile":
      return sayChangeProfile(value);
    case "rlimit":
      return sayRlimit(value);
    case "all":
      return sayAll(manner);
  }
}

function wordsOf(
  value: RuleValue,
  standing: RuleStanding & Manner,
  place: readonly string[],
  dropped: boolean,
): RuleWords {
  const { act, danger, notes } = phraseOf(value, standing);
  const lead = leadOf(standing, value.qualifiers.access === "prompt");
  const all = [...notes, ...qualifierNotes(standing), ...place];
  return {
    sentence: [`${lead} ${act}.`, ...all].join(" "),
    danger: standing.access === "deny" || dropped ? null : danger,
    parts: { lead, act, notes: all },
  };
}

/** How a sentence begins. */
export function leadOf({ access }: Pick<RuleStanding, "access">, prompt = false): string {
  if (access === "deny") return "Is never allowed to";
  return prompt ? "May, each time a person agrees," : "May";
}

/** What the qualifiers add to what a rule says. */
export function qualifierNotes({ access, audit, quiet, priority }: RuleStanding): readonly string[] {
  const logged = audit
    ? access === "deny"
      ? ["Each attempt is logged."]
      : ["Each use is logged."]
    : access === "deny"
      ? ["Attempts are not logged."]
      : quiet
        ? ["Nothing of it is logged."]
        : [];
  if (priority === null || priority === 0) return logged;
  return [...logged, `Its priority is ${priority}: it wins over rules of a lower one.`];
}

/** What the conditionals and blocks around a rule do to it, and what of it can't be read. */
export function placeNotes(tree: SyntaxTree, placed: ProfileRule): readonly string[] {
  const condition = sayConditions(tree, placed.within);
  const unread = unreadParts(tree, placed.rule).map(({ text }) => text);
  return [
    ...(unread.length === 0 ? [] : [`A part of it can't be read, and may say otherwise: ${codes(unread)}.`]),
    ...(condition === null ? [] : [condition]),
    ...(isDropped(placed)
      ? ["No parser keeps this rule: a block like the one around it keeps only rules about files."]
      : []),
  ];
}
