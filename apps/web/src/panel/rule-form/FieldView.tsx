import { Checkbox, Select, TextField as TextControl, WithCode } from "../../ui/index.ts";
import { plainWords } from "../sentence.ts";
import { LimitControl } from "./LimitControl.tsx";
import { OptionSets } from "./OptionSets.tsx";
import { Rows } from "./Rows.tsx";
import type { DraftProblem } from "./rule-draft.ts";
import type {
  ChoiceField,
  FlagField,
  GroupField,
  Offers,
  PlainField,
  RuleField,
  TextField,
  ValuesField,
} from "./rule-field.ts";
import styles from "./rule-form.module.css";
import { Ticks } from "./Ticks.tsx";
import { ValuesInput } from "./ValuesInput.tsx";
import type { RuleValue } from "@hauberk/core/rules";

/** What a field needs beside itself. */
export interface FieldContext {
  readonly problems: readonly DraftProblem[];
  readonly onChange: (value: RuleValue) => void;
  /** Completions for names of profiles. */
  readonly profiles: readonly string[];
}

/** A part of a rule as labelled controls, with what is wrong with it below. */
export function FieldView({ field, context }: { readonly field: RuleField; readonly context: FieldContext }) {
  if (field.control === "group") return <Group field={field} context={context} />;
  return <Plain field={field} context={context} />;
}

function Group({ field, context }: { readonly field: GroupField; readonly context: FieldContext }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{field.label}</legend>
      {field.hint !== undefined && (
        <p className={styles.hint}>
          <WithCode text={field.hint} />
        </p>
      )}
      <div className={styles.fields}>
        {field.fields.map((each) => (
          <Plain key={each.id} field={each} context={context} />
        ))}
      </div>
      <Problems of={field.id} problems={context.problems} />
    </fieldset>
  );
}

/** True for a control that needs the form's whole width. */
function isWide({ control }: PlainField): boolean {
  return control === "ticks" || control === "option-sets" || control === "rows" || control === "limit";
}

function Plain({ field, context }: { readonly field: PlainField; readonly context: FieldContext }) {
  return (
    <div className={isWide(field) ? styles.wide : styles.narrow}>
      <Control field={field} context={context} />
      {field.control !== "limit" && <Problems of={field.id} problems={context.problems} />}
    </div>
  );
}

function Problems({ of, problems }: { readonly of: string; readonly problems: readonly DraftProblem[] }) {
  return problems
    .filter(({ field }) => field === of)
    .map(({ message }) => (
      <p key={message} className={styles.problem} role="alert">
        <span>
          <WithCode text={message} />
        </span>
      </p>
    ));
}

function Control({ field, context }: { readonly field: PlainField; readonly context: FieldContext }) {
  const { onChange } = context;
  switch (field.control) {
    case "ticks":
      return <Ticks field={field} onChange={(ticked) => onChange(field.change(ticked))} />;
    case "choice":
      return <Choice field={field} onChange={onChange} />;
    case "text":
      return <Text field={field} context={context} />;
    case "values":
      return <Values field={field} context={context} />;
    case "flag":
      return <Flag field={field} onChange={onChange} />;
    case "option-sets":
      return <OptionSets field={field} onChange={(sets) => onChange(field.change(sets))} />;
    case "rows":
      return <Rows field={field} onChange={(rows) => onChange(field.change(rows))} />;
    case "limit":
      return <LimitControl field={field} onChange={(value) => onChange(field.change(value))} />;
  }
}

/** Few words are told beside each other, many in a list that opens; each with its sentence. */
function Choice({ field, onChange }: { readonly field: ChoiceField; readonly onChange: FieldContext["onChange"] }) {
  const chosen = field.words.find(({ name }) => name === field.chosen);
  return (
    <>
      <Select
        label={field.label}
        value={field.chosen}
        options={field.words.map(({ name, sentence }) => ({
          value: name,
          label: name === "" ? "(not written)" : name,
          hint: plainWords(sentence),
        }))}
        onChange={(next) => onChange(field.change(next))}
      />
      <p className={styles.hint}>
        <WithCode text={field.hint ?? chosen?.sentence ?? ""} />
      </p>
    </>
  );
}

function Flag({ field, onChange }: { readonly field: FlagField; readonly onChange: FieldContext["onChange"] }) {
  return (
    <Checkbox
      label={field.label}
      checked={field.on}
      hint={field.hint === undefined ? undefined : <WithCode text={field.hint} />}
      onChange={(on) => onChange(field.change(on))}
    />
  );
}

function offered(offers: Offers | undefined, profiles: readonly string[]): readonly string[] | undefined {
  if (offers === undefined || offers === "paths") return undefined;
  return offers === "profiles" ? profiles : offers;
}

/** What a line of text has beside what is typed in it. */
function lineParts({ placeholder, hint, offers }: TextField | ValuesField, profiles: readonly string[]) {
  const suggestions = offered(offers, profiles);
  return {
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(hint === undefined ? {} : { hint: <WithCode text={hint} /> }),
    ...(suggestions === undefined ? {} : { suggestions }),
  };
}

function Text({ field, context }: { readonly field: TextField; readonly context: FieldContext }) {
  return (
    <TextControl
      label={field.label}
      mono
      value={field.text}
      onChange={(text) => context.onChange(field.change(text))}
      {...lineParts(field, context.profiles)}
    />
  );
}

function Values({ field, context }: { readonly field: ValuesField; readonly context: FieldContext }) {
  return (
    <ValuesInput
      label={field.label}
      values={field.values}
      onChange={(values) => context.onChange(field.change(values))}
      {...lineParts(field, context.profiles)}
    />
  );
}
