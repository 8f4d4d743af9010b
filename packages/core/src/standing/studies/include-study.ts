import { textOf } from "../../syntax/index.ts";
import type { IncludeBrings } from "../../analysis/index.ts";
import type { Probe } from "../probe.ts";
import { found, plainly, type Finding, type LookUp, type StandingWord, type StudyState } from "../study.ts";
import { joinRules, type JointRule } from "./joint-rules.ts";
import type { RuleQuestion } from "./rule-probes.ts";
import { studyRule } from "./rule-study.ts";

/** What an include brings, and each of its rules in the profile that it brings them to. */
export interface BroughtQuestion {
  readonly standing: IncludeBrings["standing"];
  readonly questions: readonly RuleQuestion[];
  readonly joint: ReadonlyMap<RuleQuestion, JointRule>;
}

/** What an include brings to a profile. */
export function broughtQuestion(
  { standing, brought }: IncludeBrings,
  place: Omit<RuleQuestion, "tree" | "placed" | "isBehindNetwork">,
): BroughtQuestion {
  const questions = brought.map(({ file, placed }) => {
    return { ...place, tree: file.view.tree, placed, isBehindNetwork: false };
  });
  return { standing, questions, joint: joinRules(questions) };
}

/** The worst first: what is refused ends everything, what is widened opens more than a reader sees. */
const byWeight: readonly StandingWord[] = ["rejected", "widened", "dropped", "undecided", "enforced"];

const mostNamed = 3;

/** What the rules that an include brings come to: the worst of it, and how many. */
export function studyInclude<Reason extends string>(
  { standing, questions, joint }: BroughtQuestion,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  if (standing === "missing") return found(plainly("rejected", "This release has no such file to include."));
  const findings: { readonly text: string; readonly finding: Finding<Reason> }[] = [];
  const needs: Probe[] = [];
  for (const question of questions) {
    const state = studyRule(question, answers, { joint: joint.get(question) });
    const { tree, placed } = question;
    if (state.kind === "needs") needs.push(...state.probes);
    else findings.push({ text: oneLine(textOf(tree, placed.rule.node)), finding: state.finding });
  }
  return needs.length > 0 ? { kind: "needs", probes: needs } : found(summed(findings));
}

function summed<Reason extends string>(
  findings: readonly { readonly text: string; readonly finding: Finding<Reason> }[],
): Finding<Reason> {
  const by = Map.groupBy(findings, ({ finding }) => finding.standing);
  const worst = byWeight.find((word) => by.has(word)) ?? "enforced";
  if (findings.length === 0) return plainly("enforced", "It brings no rules.");
  if (worst === "enforced") {
    return plainly(
      "enforced",
      `All of its ${counted(findings.length, "rule")} ${findings.length === 1 ? "holds" : "hold"} as written.`,
    );
  }
  const unheld = byWeight
    .filter((word) => word !== "enforced" && by.has(word))
    .map((word) => `${by.get(word)?.length ?? 0} ${word}`);
  const ofWorst = by.get(worst) ?? [];
  const named = ofWorst.slice(0, mostNamed).map(({ text }) => `\`${text.replace(/,$/u, "")}\``);
  const more = ofWorst.length - named.length;
  const examples = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const also = [...new Set(ofWorst.flatMap(({ finding }) => finding.also))];
  return {
    standing: worst,
    detail: `Of its ${counted(findings.length, "rule")}: ${unheld.join(", ")}. ${worst.slice(0, 1).toUpperCase()}${worst.slice(1)}: ${examples}.`,
    also: worst === "widened" ? also : [],
    becomes: null,
    reason: ofWorst[0]?.finding.reason ?? null,
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A text in one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
