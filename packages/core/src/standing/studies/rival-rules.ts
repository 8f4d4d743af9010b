import { patternsMeet } from "../../analysis/index.ts";
import { effectiveQualifiers } from "../../design/index.ts";
import { textOf } from "../../syntax/index.ts";
import { besideRule } from "../allow-all.ts";
import type { Probe } from "../probe.ts";
import { found, plainly, type LookUp, type StudyState } from "../study.ts";
import { makeProbe, wrapped } from "../surroundings.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";
import { rivalSentence } from "./rule-sentences.ts";

/** A rule that starts a program in some way. */
interface ExecRule {
  readonly question: RuleQuestion;
  readonly path: string;
  /** What is alike where two rules do not contradict each other. */
  readonly transition: string;
}

/** A rule in company: probes of profiles that hold both. */
export interface Rivals {
  /** The profile with the rule and all of its rivals. */
  readonly together: Probe;
  readonly each: readonly Rival[];
}

interface Rival {
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** The profile with it and without the rule: what is refused by itself is nobody's rival. */
  readonly alone: Probe;
  /** The profile with the two. */
  readonly both: Probe;
}

/** Rules that are looked at beside one: what more there are says nothing new. */
const mostRivals = 12;

/**
 * Rules of one profile that start a program in different ways, where their paths may meet: each compiles alone, and the parser
 * may refuse a profile that holds both (apparmor.d(5), "Access Modes": conflicting exec modes). Rules without such company
 * are left out.
 */
export function rivalsOf(questions: readonly RuleQuestion[]): ReadonlyMap<RuleQuestion, Rivals> {
  const rules = questions.flatMap((question) => execRule(question) ?? []);
  const rivals = new Map<RuleQuestion, Rivals>();
  for (const rule of rules) {
    const others = rules.filter((other) => other !== rule && mayClash(rule, other)).slice(0, mostRivals);
    if (others.length === 0) continue;
    rivals.set(rule.question, {
      together: together([rule, ...others]),
      each: others.map((other) => ({
        text: textOf(other.question.tree, other.question.placed.rule.node),
        line: lineOf(other.question),
        alone: new RuleProbes(other.question).written(),
        both: together([rule, other]),
      })),
    });
  }
  return rivals;
}

/** What a rule that is read alone comes to beside its rivals: refused with one of them, or null where it is with none. */
export function studyRivals<Reason extends string>(
  { together: all, each }: Rivals,
  answers: LookUp<Reason>,
): StudyState<Reason> | null {
  const outcome = answers(all);
  if (outcome === undefined) return { kind: "needs", probes: [all] };
  if (outcome.kind !== "refused") return null;
  const missing = each.flatMap(({ alone, both }) => [alone, both].filter((probe) => answers(probe) === undefined));
  if (missing.length > 0) return { kind: "needs", probes: missing };
  for (const { text, line, alone, both } of each) {
    const outcomeOfBoth = answers(both);
    if (answers(alone)?.kind !== "compiled" || outcomeOfBoth?.kind !== "refused") continue;
    return found(plainly("rejected", rivalSentence(text, line, outcomeOfBoth.message)));
  }
  return null;
}

function execRule(question: RuleQuestion): ExecRule | null {
  const { value } = question.placed.rule;
  if (effectiveQualifiers(question.tree, question.placed).access === "deny") return null;
  if (value.kind === "change_profile")
    return value.exec === null
      ? null
      : { question, path: value.exec, transition: transition(null, value.safety, value.target) };
  if (value.kind !== "file") return null;
  // The bare `file,` runs everything with `ix`.
  const exec = value.path === null && value.permissions.length === 0 ? "ix" : value.exec;
  if (exec === null) return null;
  return { question, path: value.path ?? "/**", transition: transition(exec, value.safety, value.execTarget) };
}

/** Whether two rules may contradict each other: the parser judges, this only spares it what can't. */
function mayClash(a: ExecRule, b: ExecRule): boolean {
  if (a.transition === b.transition || !canBothHold(a.question, b.question)) return false;
  const hasVariables = [a, b].some(({ path }) => path.includes("@{"));
  return a.path === b.path || (hasVariables ? mayShareStart(a.path, b.path) : patternsMeet(a.path, b.path));
}

/** What stands before the first variable or sign of a glob is the same as far as both go. */
function mayShareStart(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => /^[^@*?[{\\]*/u.exec(path)?.[0] ?? "");
  if (first === undefined || second === undefined) return true;
  return first.startsWith(second) || second.startsWith(first);
}

function transition(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}

/** Branches of one conditional never hold at once: one rule's branches have to be around the other one, too. */
function canBothHold(a: RuleQuestion, b: RuleQuestion): boolean {
  const [few, many] = [a, b]
    .map(({ placed }) => placed.within.filter(({ kind }) => kind === "conditional-branch"))
    .toSorted((one, two) => one.length - two.length);
  return few?.every((branch, index) => many?.[index] === branch) ?? true;
}

function together(rules: readonly ExecRule[]): Probe {
  const [first] = rules;
  if (first === undefined) throw new Error("a rule has no company without itself");
  const texts = rules.map(({ question: { tree, placed } }) =>
    wrapped(tree, placed.within, textOf(tree, placed.rule.node)),
  );
  const { around, attachment } = first.question;
  return makeProbe(around, { body: [besideRule, ...texts].join("\n  "), attachment });
}

function lineOf({ tree, placed }: RuleQuestion): number {
  return tree.text.slice(0, placed.rule.node.start).split("\n").length;
}
