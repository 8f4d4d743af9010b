import type { Loss, LossAnswer } from "@hauberk/core/lowering";
import { useState } from "react";
import { Badge, Button, classNames, Disclosure, Icon, TextArea, WithCode } from "../../ui/index.ts";
import styles from "./LoweringDialog.module.css";

interface LossCardProps {
  readonly loss: Loss;
  /** The file's name, where the design has several. */
  readonly file: string | null;
  readonly onShow: () => void;
  readonly onAnswer: (answer: LossAnswer) => void;
  /** The chosen answer shall hold on every target that loses the rule. */
  readonly onEverywhere: (answer: LossAnswer) => void;
  /** Rules of one's own shall ship. */
  readonly onText: (text: string) => void;
  readonly onForget: () => void;
}

/** Something that the target can't have: why, what that leaves open, and what may ship instead, each by a click. */
export function LossCard({ loss, file, onShow, onAnswer, onEverywhere, onText, onForget }: LossCardProps) {
  const { rule, line, why, risk, choice, answers, note, profile } = loss;
  const isChosen = choice === "chosen";
  const chosen = isChosen ? answers.find(({ id }) => id === loss.answer) : undefined;
  return (
    <article className={styles.loss} aria-label={`Lost: ${rule}`}>
      <div className={styles.lossHead}>
        <code className={styles.rule}>{rule}</code>
        <Badge tone={isChosen ? "good" : "warn"}>{isChosen ? "chosen" : "not chosen yet"}</Badge>
      </div>
      <p className={styles.place}>
        {[profile, file].filter((part) => part !== null).join(" in ")}
        <button
          type="button"
          className={styles.line}
          onClick={onShow}
          aria-label={`Show line ${line} in the comparison`}
        >
          line {line}
        </button>
      </p>
      <p>
        <WithCode text={why} />
      </p>
      <p className={styles.risk}>
        <Icon name="alert" size={14} />
        <span>
          <span className="visually-hidden">What that leaves: </span>
          <WithCode text={risk} />
        </span>
      </p>
      {note !== null && <p className={styles.soft}>Note: {note}</p>}
      <div role="group" aria-label={`What ships instead of ${rule}`} className={styles.answers}>
        {answers.map((answer) => (
          <Answer
            key={answer.id}
            answer={answer}
            holds={answer.id === loss.answer}
            isChosen={isChosen}
            onAnswer={() => onAnswer(answer)}
          />
        ))}
      </div>
      <Disclosure summary="Rules of your own instead">
        <OwnRules rule={rule} onText={onText} />
      </Disclosure>
      {isChosen && (
        <div className={styles.chosenActions}>
          <Button size="s" variant="quiet" icon="undo" onClick={onForget} aria-label={`Take the choice back: ${rule}`}>
            Take the choice back
          </Button>
          {chosen !== undefined && (
            <Button
              size="s"
              variant="quiet"
              onClick={() => onEverywhere(chosen)}
              aria-label={`Choose it for every target: ${rule}`}
            >
              Choose it for every target
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

/** Rules that the person writes for this target; the target's parser judges them with everything else that ships. */
function OwnRules({ rule, onText }: { readonly rule: string; readonly onText: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <div className={styles.own}>
      <TextArea
        label={`Rules that ship instead of ${rule}`}
        hideLabel
        mono
        rows={2}
        value={text}
        onChange={setText}
        placeholder="network inet dgram,"
        hint="Each ends with a comma. The verdict above is on what ships with them."
      />
      <Button size="s" disabled={text.trim() === ""} onClick={() => onText(text.trim())}>
        Ship these rules
      </Button>
    </div>
  );
}

interface AnswerProps {
  readonly answer: LossAnswer;
  /** It is what ships now. */
  readonly holds: boolean;
  readonly isChosen: boolean;
  readonly onAnswer: () => void;
}

function Answer({ answer: { title, explanation, instead }, holds, isChosen, onAnswer }: AnswerProps) {
  return (
    <button
      type="button"
      className={classNames(styles.answer, holds && (isChosen ? styles.chosen : styles.default))}
      aria-pressed={holds && isChosen}
      onClick={onAnswer}
    >
      <span className={styles.answerMark} aria-hidden="true">
        {holds && <Icon name={isChosen ? "check" : "arrowRight"} size={14} />}
      </span>
      <span className={styles.answerWords}>
        <span className={styles.answerTitle}>
          <WithCode text={title} />
          {holds && !isChosen && <span className={styles.soft}> · ships as long as nothing is chosen</span>}
        </span>
        {(!holds || isChosen) && (
          <span className={styles.soft}>
            <WithCode text={explanation} />
          </span>
        )}
        {instead !== null && instead.includes("\n") && <code className={styles.instead}>{instead}</code>}
      </span>
    </button>
  );
}
