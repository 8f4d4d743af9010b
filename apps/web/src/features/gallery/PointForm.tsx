import type { Answers, Parameter, StartingDesign, StartingPoint } from "@hauberk/core/gallery";
import { useMemo, useState } from "react";
import { plainWords, sentence } from "../../panel/sentence.ts";
import { library } from "../../persistence/index.ts";
import { designStore, explanationStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, Select, TextField } from "../../ui/index.ts";
import { Preview } from "./Preview.tsx";
import styles from "./PointForm.module.css";

interface PointFormProps {
  readonly point: StartingPoint;
  readonly onBack: () => void;
}

/** What a starting point asks, beside what it writes for these answers. */
export function PointForm({ point, onBack }: PointFormProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const open = useDesign((state) => state.id !== null);
  const [answers, setAnswers] = useState<Answers>({});
  const outcome = useMemo(() => point.make(answers), [point, answers]);
  const [shown, setShown] = useState<StartingDesign | null>(null);
  if (outcome.ok && outcome.design !== shown) setShown(outcome.design);
  const problems = outcome.ok ? null : outcome.problems;

  const create = () => {
    if (!outcome.ok) return;
    const { name, files } = outcome.design;
    close();
    library
      .create(
        name,
        files.map(({ path, text }) => [path, text] as const),
      )
      .then(
        () => explanationStore.getState().show(0),
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          designStore.getState().notify("bad", `The design could not be kept in this browser: ${why}`);
        },
      );
  };

  return (
    <Dialog
      open
      onClose={close}
      title={point.title}
      width={1120}
      description={point.summary}
      onSubmit={create}
      footer={
        <>
          {open && <p className={styles.note}>It opens as a design of its own; the one that is open now is kept.</p>}
          <Button onClick={onBack}>Other examples</Button>
          <Button type="submit" variant="primary" disabled={!outcome.ok}>
            Create design
          </Button>
        </>
      }
    >
      <div className={styles.sides}>
        <div className={styles.fields} role="group" aria-label="Answers">
          {point.parameters.map((parameter, index) => (
            <AnswerField
              key={parameter.id}
              parameter={parameter}
              value={answers[parameter.id] ?? parameter.initial}
              problem={problems?.get(parameter.id) ?? null}
              first={index === 0}
              onChange={(value) => setAnswers({ ...answers, [parameter.id]: value })}
            />
          ))}
        </div>
        {shown !== null && <Preview design={shown} stale={!outcome.ok} />}
      </div>
    </Dialog>
  );
}

interface AnswerFieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  readonly problem: string | null;
  readonly first: boolean;
  readonly onChange: (value: string) => void;
}

function AnswerField({ parameter, value, problem, first, onChange }: AnswerFieldProps) {
  const { label, hint, choices } = parameter;
  if (choices !== undefined) {
    return (
      <div className={styles.choice}>
        <Select label={label} value={value} options={choices} onChange={onChange} />
        <span className={styles.hint}>{plainWords(hint)}</span>
      </div>
    );
  }
  return (
    <TextField
      label={label}
      value={value}
      hint={plainWords(hint)}
      error={problem === null ? null : plainWords(sentence(problem))}
      mono
      autoFocus={first}
      onChange={onChange}
    />
  );
}
