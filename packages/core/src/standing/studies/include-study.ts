import { textOf } from "../../syntax/index.ts";
import type { IncludeBrings } from "../../analysis/index.ts";
import type { Probe } from "../probe.ts";
import { found, plainly, type Finding, type LookUp, type StandingWord, type StudyState } from "../study.ts";
import type { RuleQuestion } from "./rule-probes.ts";
import { studyRule } from "./rule-study.ts";

/** What an include brings, and the profile that it brings it to. */
export interface BroughtQuestion {
  readonly brings: IncludeBrings;
  readonly place: Omit<RuleQuestion, "tree" | "placed" | "isBehindNetwork">;
}

/** The worst first: what is refused ends everything, what is widened opens more than a reader sees. */
const byWeight: readonly StandingWord[] = ["rejected", "widened", "dropped", "undecided", "enforced"];

const mostNamed = 3;

/** What the rules that an include brings come to: the worst of it, and how many. */
export function studyInclude<Reason extends string>(
  { brings, place }: BroughtQuestion,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  if (brings.standing === "missing") return found(plainly("rejected", "This release has no such file to include."));
  const findings: { readonly text: string; readonly finding: Finding<Reason> }[] = [];
  const needs: Probe[] = [];
  for (const { file, placed } of brings.brought) {
    const { tree } = file.view;
    const state = studyRule({ ...place, tree, placed, isBehindNetwork: false }, answers);
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
