import type { LoweringChoice } from "../design/index.ts";
import { loweringTextProblem } from "../edit/index.ts";
import type { LossAnswer } from "./lowering.ts";
import { oneLine } from "./place-text.ts";
import { answerOf, type LostPlace } from "./scene.ts";

/** Which answer holds for a loss. */
export interface Decision {
  readonly answer: LossAnswer;
  readonly choice: "default" | "chosen";
  /** All answers, also one of the person's own. */
  readonly answers: readonly LossAnswer[];
  readonly note: string | null;
  /** Why what was chosen can't hold; null where it does, or where nothing was chosen. */
  readonly refused: string | null;
}

/** The answer that `hauberk.json` has for a rule on a target, else the default. A choice for the target itself goes before one for `*`. */
export function decide(target: string, rule: string, lost: LostPlace, choices: readonly LoweringChoice[]): Decision {
  const [first] = lost.answers;
  if (first === undefined) throw new Error("a loss without any answer");
  const same = choices.filter((choice) => oneLine(choice.rule) === rule);
  const choice = same.findLast((each) => each.target === target) ?? same.findLast((each) => each.target === "*");
  const byDefault: Decision = { answer: first, choice: "default", answers: lost.answers, note: null, refused: null };
  if (choice === undefined) return byDefault;
  const note = choice.note ?? null;
  const wanted = choice.answer ?? (choice.instead === null ? "omit" : "text");
  const offered = lost.answers.find(
    (each) =>
      each.answer === wanted &&
      (wanted !== "companion" || choice.companion === undefined || each.companion === choice.companion) &&
      (wanted !== "text" || each.instead === choice.instead),
  );
  if (offered !== undefined) return { ...byDefault, answer: offered, choice: "chosen", note };
  if (wanted !== "text" || choice.instead === null) {
    return { ...byDefault, note, refused: `\`${wanted}\` was chosen for it, which can't be had here.` };
  }
  // What is no rule (an abi line, a flag) has no text of one's own.
  const problem = isOfRule(lost)
    ? loweringTextProblem(choice.instead)
    : "only the answers that are offered are possible here";
  if (problem !== null)
    return { ...byDefault, note, refused: `The text that was chosen for it can't stand there: ${problem}.` };
  const own = answerOf(
    "text",
    "Rules of your own",
    choice.instead,
    "What these rules open is for whoever wrote them to say.",
    {
      id: "text-own",
    },
  );
  return { answer: own, choice: "chosen", answers: [...lost.answers, own], note, refused: null };
}

function isOfRule({ kind }: LostPlace): boolean {
  return kind !== "abi" && kind !== "flag" && kind !== "variable";
}
