import type { UndecidedReason, Verdict } from "@hauberk/contract";
import type { ClearAnswer, HostileCase } from "./hostile-cases.ts";

/** Stands in the environment of the tests, and of the validator's. */
export const secret = "hauberk_must_not_be_told";

/** A busy machine reaches the limit on the clock before the one on the processor, a fast one that on output or memory. */
const limits: readonly UndecidedReason[] = ["cpu_limit", "time_limit", "output_limit", "memory_limit"];

/** Lines of a machine's files, and places of ours, that no message may hold. */
const telltale = new RegExp(
  String.raw`root:|nobody:|${secret}|hauberk-job|toolchains/|\.cache|node_modules|/proc/self/cwd/(etc|policy|usr)|"/policy/|\.ts:\d`,
);

/** Besides line ends, which separate what the parser said. */
const hidden = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

/** What a verdict on a hostile design lacks of a clear answer: nothing, where all is well. */
export function faultsOf(verdict: Verdict, { answer }: HostileCase): string[] {
  const { verdict: said, reason, summary, diagnostics, compiled } = verdict;
  const texts = [summary, ...diagnostics.flatMap(({ message, explanation = "" }) => [message, explanation])];
  const checks: readonly (readonly [boolean, string])[] = [
    [(said === "undecided") === (reason !== null), "a reason, and only where nothing was decided"],
    [(said === "accepted") === (compiled !== null), "a policy, and only where it was accepted"],
    [said !== "rejected" || diagnostics.length > 0, "a message where it was refused"],
    [diagnostics.length <= 201, "an end to the messages"],
    [!telltale.test(JSON.stringify(verdict)), "silence about the machine"],
    [!summary.includes("\n") && !texts.some((text) => hidden.test(text)), "text that hides nothing"],
    [isAnswer(verdict, answer), `the answer: ${answer}`],
  ];
  const missing = checks.flatMap(([holds, what]) => (holds ? [] : [what]));
  return missing.length === 0 ? [] : [`${verdict.target} lacks ${missing.join("; ")}: ${JSON.stringify(verdict)}`];
}

function isAnswer({ verdict, reason, summary, diagnostics }: Verdict, answer: ClearAnswer): boolean {
  switch (answer) {
    case "limit":
      return reason !== null && limits.includes(reason);
    case "plain":
      // A crash of the parser is an answer too: that it crashed.
      return reason === null || reason === "parser_crashed" || limits.includes(reason);
    case "nothing there":
      return verdict === "rejected" && diagnostics.every(({ message }) => message.startsWith("Could not open"));
    case "refused unasked":
      return verdict === "rejected" && summary.startsWith("The parser was not asked");
    case "accepted":
    case "rejected":
      return verdict === answer;
  }
}
