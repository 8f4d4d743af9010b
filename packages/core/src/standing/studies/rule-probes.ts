import { effectiveQualifiers, type ProfileRule } from "../../design/index.ts";
import { writeRule, type RuleValue } from "../../rules/index.ts";
import { textOf, type SyntaxTree } from "../../syntax/index.ts";
import { allowAllOf, besideRule } from "../allow-all.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { Probe, ProbeFeatures } from "../probe.ts";
import { conditionBodies, makeProbe, wrapped, type Surroundings } from "../surroundings.ts";

/** A rule where it stands, and what is around it. */
export interface RuleQuestion {
  readonly tree: SyntaxTree;
  readonly placed: ProfileRule;
  readonly around: Surroundings;
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
    return this.#probe(textOf(tree, placed.rule.node));
  }

  /** The profile without the rule. */
  without(): Probe {
    return this.#make(this.#base(), true);
  }

  /** The profile with the rule without some of its parts. */
  wider(narrowings: readonly RuleNarrowing[]): Probe {
    return this.#probe(writeRule(this.widerValue(narrowings)));
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

  #probe(text: string): Probe {
    const { tree, placed } = this.#question;
    return this.#make(`${this.#base()}\n  ${wrapped(tree, placed.within, text)}`, this.#isPlain());
  }

  #base(): string {
    return this.isDeny ? `${besideRule}\n  ${allowAllOf(this.#value.kind)}` : besideRule;
  }

  #make(body: string, plain: boolean): Probe {
    return makeProbe(this.#question.around, {
      body,
      plain,
      ...(this.#features === undefined ? {} : { features: this.#features }),
    });
  }

  /** Rules that every parser of today reads, as far as can be told. */
  #isPlain(): boolean {
    const { kind, qualifiers } = this.#value;
    const isOld = kind === "file" || kind === "capability" || kind === "link";
    const isPlainly = qualifiers.priority === null && !qualifiers.quiet && qualifiers.access !== "prompt";
    return isOld && isPlainly && qualifiers.owner !== "other" && this.#question.placed.within.length === 0;
  }
}
