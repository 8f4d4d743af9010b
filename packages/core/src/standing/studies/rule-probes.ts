import { effectiveQualifiers, type ProfileRule } from "../../design/index.ts";
import { writeRule, type NetworkRuleValue, type RuleValue } from "../../rules/index.ts";
import { textOf, type SyntaxTree } from "../../syntax/index.ts";
import { allowAllOf, besideNetworkRule, besideRule } from "../allow-all.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { Probe, ProbeFeatures } from "../probe.ts";
import { conditionBodies, makeProbe, wrapped, type Surroundings } from "../surroundings.ts";

/** A rule where it stands, and what is around it. */
export interface RuleQuestion {
  readonly tree: SyntaxTree;
  readonly placed: ProfileRule;
  readonly around: Surroundings;
  /** Of the profile, as it is written; nothing where it has none. */
  readonly attachment: string;
  /** A network rule in a conditional, behind a network rule in none: 3.0.8 keeps such a one, and drops the first in a profile. */
  readonly isBehindNetwork: boolean;
  /** The flag of the profile that may make it refuse nothing, and the profile with it that tells. */
  readonly lax: { readonly flag: string; readonly probe: Probe } | null;
}

/**
 * The probes of one rule. An allow stands beside a rule that meets no other; a deny in a profile that allows all of its
 * kind, for what it closes shows only there. The profile's flags are left out: none of them
 * changes what a rule is compiled to.
 */
export class RuleProbes {
  readonly isDeny: boolean;
  readonly #question: RuleQuestion;
  readonly #value: RuleValue;
  readonly #features: ProbeFeatures | undefined;

  /** `features` other than those of the surroundings: to ask what another abi would make of the rule. */
  constructor(question: RuleQuestion, features?: ProbeFeatures) {
    this.#question = question;
    this.#value = question.placed.rule.value;
    this.#features = features;
    this.isDeny = effectiveQualifiers(question.tree, question.placed).access === "deny";
  }

  /** The profile with the rule as it is written. */
  written(): Probe {
    const { tree, placed } = this.#question;
    // Under other features it is asked only where it was read already.
    return this.#probe(textOf(tree, placed.rule.node), this.#features !== undefined || this.#isPlain());
  }

  /** The same in a run of its own: null where no parser was seen to be led astray by what else a run holds. */
  writtenAlone(): Probe | null {
    return this.isDeny && this.#value.kind === "file" ? { ...this.written(), alone: true } : null;
  }

  /** The profile without the rule. */
  without(): Probe {
    return this.#make(this.#base(), true);
  }

  /** The profile with the rule without some of its parts: asked only where the rule itself was read. */
  wider(narrowings: readonly RuleNarrowing[]): Probe {
    return this.#probe(writeRule(this.widerValue(narrowings)), true);
  }

  /** The profile with the rule as it would be without `audit`; null where it has none. */
  unaudited(): Probe | null {
    const { qualifiers } = this.#value;
    if (!qualifiers.audit) return null;
    return this.#probe(writeRule({ ...this.#value, qualifiers: { ...qualifiers, audit: false } }), true);
  }

  /** The rule without some of its parts. */
  widerValue(narrowings: readonly RuleNarrowing[]): RuleValue {
    return narrowings.reduce((value, { drop }) => drop(value), this.#value);
  }

  /** The rule outside of the blocks and conditionals around it. */
  outside(): Probe {
    const { tree, placed } = this.#question;
    return this.#make(`${this.#base()}\n  ${textOf(tree, placed.rule.node)}`, this.#isPlain());
  }

  /** The rule beside one that meets no other, and that one alone: does the rule open anything? */
  besideOthers(): readonly [written: Probe, without: Probe] {
    const { tree, placed } = this.#question;
    const text = wrapped(tree, placed.within, textOf(tree, placed.rule.node));
    return [this.#make(`${besideRule}\n  ${text}`, false), this.#make(besideRule, true)];
  }

  /** Profiles that hold nothing, and all of the rule's kind: alike where the kind is not mediated at all. */
  kindMediated(): readonly [nothing: Probe, all: Probe] {
    const all = allowAllOf(this.#value.kind);
    return [this.#make(besideRule, true), this.#make(`${besideRule}\n  ${all}`, false)];
  }

  /** Profiles with the conditions around the rule and nothing of its own in them: does the parser read them? */
  conditions(): readonly Probe[] {
    const { tree, placed } = this.#question;
    return conditionBodies(tree, placed.within, besideRule).map((body) => this.#make(body, false));
  }

  #probe(text: string, plain: boolean): Probe {
    const { tree, placed } = this.#question;
    return this.#make(this.#withBase(wrapped(tree, placed.within, text)), plain);
  }

  /** What a rule is compiled with; none of it before a conditional, unless the profile has such rules there too. */
  #withBase(rule: string): string {
    const { placed, isBehindNetwork } = this.#question;
    const inConditional = placed.within.some(({ kind }) => kind === "conditional-branch");
    const [first, last] = inConditional && !isBehindNetwork ? [rule, this.#base()] : [this.#base(), rule];
    return `${first}\n  ${last}`;
  }

  #base(): string {
    if (this.isDeny) return `${besideRule}\n  ${allowAllOf(this.#value.kind)}`;
    return this.#question.isBehindNetwork ? `${besideRule}\n  ${besideNetworkRule}` : besideRule;
  }

  #make(body: string, plain: boolean): Probe {
    return makeProbe(this.#question.around, {
      body,
      plain,
      attachment: this.#question.attachment,
      ...(this.#features === undefined ? {} : { features: this.#features }),
    });
  }

  /** Rules that every parser of today reads, as far as can be told. */
  #isPlain(): boolean {
    const { kind, qualifiers } = this.#value;
    const isPlainly = qualifiers.priority === null && !qualifiers.quiet && qualifiers.access !== "prompt";
    const isOld = !youngKinds.has(kind) && (this.#value.kind !== "network" || isOldNetwork(this.#value));
    return isOld && isPlainly && qualifiers.owner !== "other" && this.#question.placed.within.length === 0;
  }
}

/** Kinds that came after 3.0.8. */
const youngKinds: ReadonlySet<RuleValue["kind"]> = new Set(["userns", "mqueue", "io_uring", "all"]);

/** Operations and conditions of network rules came after 3.0.8. */
function isOldNetwork({ permissions, local, peer }: NetworkRuleValue): boolean {
  return permissions.length + local.length + peer.length === 0;
}
