import { besideRule } from "../allow-all.ts";
import { isSamePolicy } from "../meaning.ts";
import { makeProbe, type Surroundings } from "../surroundings.ts";
import { compiledAll, found, plainly, widely, type LookUp, type StudyState } from "../study.ts";

/** The abi line of a file, or that there is none. */
export interface AbiQuestion {
  /** As it is written; null where the file has none. */
  readonly written: string | null;
  /** What rules are judged with instead, where the release does not have it; else null. */
  readonly instead: string | null;
  readonly around: Surroundings;
}

/** What the abi line of a file, or its absence, comes to: above all whether sockets are mediated. */
export function studyAbi<Reason extends string>(
  { written, instead, around }: AbiQuestion,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const own = { ...around, abi: written ?? "" };
  const nothing = makeProbe(own, { body: besideRule, plain: instead === null });
  // One kind of socket tells as much as all of them, which take 3.0.8 longer than a hundred other rules.
  const sockets = makeProbe(own, { body: `${besideRule}\n  network inet stream,`, plain: instead === null });
  const judged = instead === null ? "" : ` The rules below are judged with \`${instead}\`, which it has.`;
  const answer = compiledAll(answers, instead === null ? [nothing, sockets] : [nothing], (message) =>
    plainly("rejected", `The parser refuses it: ${message.replace(/\.$/u, "")}.${judged}`),
  );
  if (answer.kind !== "compiled") return answer;
  const [without, withSockets] = answer.policies;
  if (without !== undefined && withSockets !== undefined && isSamePolicy(without, withSockets)) {
    const detail =
      written === null
        ? "There is no `abi` line, and what the parser assumes then does not mediate sockets: network rules are read and dropped."
        : "This abi does not mediate sockets: network rules are read and dropped.";
    return found(widely(detail, ["every socket, whatever the network rules say"], null));
  }
  if (written === null) {
    const detail =
      "There is no `abi` line: the features that this release's parser configuration names count. Elsewhere the same text means something else.";
    return found(plainly("enforced", detail));
  }
  return found(plainly("enforced", "Kept: what is mediated is what both this abi and the kernel know."));
}
