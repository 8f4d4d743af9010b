import type { ParserDiagnostic, Verdict } from "@hauberk/contract";
import type { UnusableTarget, UsableTarget } from "../target/usable-target.ts";
import { undecided } from "./read-result.ts";

/**
 * What the nearest target's parser said, for a target that can't be asked itself: never a verdict. Of its messages only
 * the errors stay, for its warnings are about a kernel that is not the target's.
 */
export function approximate(target: UnusableTarget, nearest: UsableTarget, verdict: Verdict): Verdict {
  const { id, label, kind, parserVersion, kernelVersion } = target;
  const subject = { target: id, parser: nearest.parserVersion, kernel: null, kind };
  const judge = `apparmor_parser ${nearest.parserVersion} of ${nearest.label}`;
  const rest =
    `${label} has ${parserVersion} and a kernel ${kernelVersion} whose features were never read here, ` +
    `so that says nothing about what it enforces.`;
  if (verdict.verdict === "undecided") {
    return undecided(subject, verdict.reason ?? "approximate", `${judge} could not say: ${verdict.summary}`).verdict;
  }
  const said = verdict.verdict === "accepted" ? "accepts the syntax" : "refuses the text";
  const errors = verdict.diagnostics.filter(({ severity }) => severity === "error");
  const diagnostics = errors.map((error): ParserDiagnostic => {
    const whose = `Said by ${judge}, the nearest to that of ${label}.`;
    return { ...error, explanation: error.explanation === undefined ? whose : `${whose} ${error.explanation}` };
  });
  return undecided(subject, "approximate", `Only an approximation: ${judge} ${said}; ${rest}`, diagnostics).verdict;
}
