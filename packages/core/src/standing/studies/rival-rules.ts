import { isPlainPath, patternsMeet } from "../../analysis/index.ts";
import { effectiveQualifiers } from "../../design/index.ts";
import { textOf } from "../../syntax/index.ts";
import { besideRule } from "../allow-all.ts";
import type { Probe } from "../probe.ts";
import { found, onceMade, plainly, type LookUp, type StudyState } from "../study.ts";
import { makeProbe, wrapped } from "../surroundings.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";
import { rivalSentence } from "./rule-sentences.ts";

/** A rule that starts a program in some way. */
interface ExecRule {
  readonly question: RuleQuestion;
  readonly path: string;
  /** The path is text alone: it meets another such one only where they are the same. */
  readonly isPlain: boolean;
  /** What stands before the first variable or sign of a glob. */
  readonly start: string;
  /** What is alike where two rules do not contradict each other. */
  readonly transition: string;
}

/** A rule in company: all of its profile that may clash with some other, and its own rivals. */
export interface Rivals {
  readonly company: Company;
  /** The likeliest first; only asked for where the company is refused. */
  readonly each: () => readonly Rival[];
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

/** Rivals that are tried one by one where the company is refused. */
const mostRivals = 24;

/**
 * Rules of one profile that start a program in different ways, where their paths may meet: each compiles alone, and the parser
 * may refuse a profile that holds both (apparmor.d(5), "Access Modes": conflicting exec modes). Rules without such company
 * are left out.
 */
export function rivalsOf(questions: readonly RuleQuestion[]): ReadonlyMap<RuleQuestion, Rivals> {
  const rules = questions.flatMap((question) => execRule(question) ?? []);
  const others = rules.map((rule) => rules.filter((other) => other !== rule && mayClash(rule, other)));
  const company = new Company(rules.filter((_, index) => others[index]?.length !== 0));
  const rivals = rules.flatMap((rule, index) => {
    const near = others[index] ?? [];
    return near.length === 0
      ? []
      : [[rule.question, { company, each: onceMade(() => likeliest(rule, near)) }] as const];
  });
  return new Map(rivals);
}

function likeliest(rule: ExecRule, others: readonly ExecRule[]): readonly Rival[] {
  const likely = others.toSorted((a, b) => likeness(rule, b) - likeness(rule, a)).slice(0, mostRivals);
  return likely.map((other) => rivalOf(rule, other));
}

/** What a rule that is read alone comes to beside its rivals: refused with one of them, or null where it is with none. */
export function studyRivals<Reason extends string>(
  { company, each }: Rivals,
  answers: LookUp<Reason>,
): StudyState<Reason> | null {
  const unread = company.alone.filter((probe) => answers(probe) === undefined);
  if (unread.length > 0) return { kind: "needs", probes: unread };
  const isRead = company.alone.map((probe) => answers(probe)?.kind === "compiled");
  if (isRead.filter(Boolean).length < 2) return null;
  const all = company.together(isRead);
  const outcome = answers(all);
  if (outcome === undefined) return { kind: "needs", probes: [all] };
  if (outcome.kind !== "refused") return null;
  const rivals = each();
  const missing = rivals.flatMap(({ alone, both }) => [alone, both].filter((probe) => answers(probe) === undefined));
  if (missing.length > 0) return { kind: "needs", probes: missing };
  for (const { text, line, alone, both } of rivals) {
    const outcomeOfBoth = answers(both);
    if (answers(alone)?.kind !== "compiled" || outcomeOfBoth?.kind !== "refused") continue;
    return found(plainly("rejected", rivalSentence(text, line, outcomeOfBoth.message)));
  }
  return null;
}

/** The rules of a profile that may clash: one probe of all of them tells most profiles that none does. */
class Company {
  /** The profile with each of the rules alone. */
  readonly alone: readonly Probe[];
  readonly #rules: readonly ExecRule[];
  readonly #made = new Map<string, Probe>();

  constructor(rules: readonly ExecRule[]) {
    this.#rules = rules;
    this.alone = rules.map(({ question }) => new RuleProbes(question).written());
  }

  /** The profile with those of the rules that are read. */
  together(isRead: readonly boolean[]): Probe {
    const key = isRead.join(" ");
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const probe = together(this.#rules.filter((_, index) => isRead[index]));
    this.#made.set(key, probe);
    return probe;
  }
}

function rivalOf(rule: ExecRule, other: ExecRule): Rival {
  const { question } = other;
  return {
    text: textOf(question.tree, question.placed.rule.node),
    line: lineOf(question),
    alone: new RuleProbes(question).written(),
    both: together([rule, other]),
  };
}

/** Of two paths: the same one first, then the longest end that both have behind a variable. */
function likeness(a: ExecRule, b: ExecRule): number {
  if (a.path === b.path) return Number.POSITIVE_INFINITY;
  const [first, second] = [a, b].map(({ path }) => path.slice(path.lastIndexOf("}") + 1));
  return first !== undefined && first === second ? first.length : 0;
}

function execRule(question: RuleQuestion): ExecRule | null {
  const { value } = question.placed.rule;
  if (effectiveQualifiers(question.tree, question.placed).access === "deny") return null;
  if (value.kind === "change_profile") {
    return value.exec === null ? null : execRuleOf(question, value.exec, [null, value.safety, value.target]);
  }
  if (value.kind !== "file") return null;
  // The bare `file,` runs everything with `ix`.
  const exec = value.path === null && value.permissions.length === 0 ? "ix" : value.exec;
  if (exec === null) return null;
  return execRuleOf(question, value.path ?? "/**", [exec, value.safety, value.execTarget]);
}

function execRuleOf(question: RuleQuestion, path: string, transition: readonly (string | null)[]): ExecRule {
  return {
    question,
    path,
    // Two slashes in a row are one to a parser.
    isPlain: isPlainPath(path) && !path.includes("//"),
    start: /^[^@*?[{\\]*/u.exec(path)?.[0] ?? "",
    transition: JSON.stringify(transition),
  };
}

/** Whether two rules may contradict each other: the parser judges, this only spares it what can't. */
function mayClash(a: ExecRule, b: ExecRule): boolean {
  return a.transition !== b.transition && mayMeet(a, b) && canBothHold(a.question, b.question);
}

function mayMeet(a: ExecRule, b: ExecRule): boolean {
  if (a.path === b.path) return true;
  if (a.isPlain && b.isPlain) return false;
  const hasVariables = a.path.includes("@{") || b.path.includes("@{");
  return hasVariables ? a.start.startsWith(b.start) || b.start.startsWith(a.start) : patternsMeet(a.path, b.path);
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
