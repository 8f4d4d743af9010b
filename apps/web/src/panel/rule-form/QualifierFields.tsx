import type { Qualifiers, RuleValue } from "@hauberk/core/rules";
import { qualifiers, wordNamed } from "@hauberk/core/vocabulary";
import { useId, useState } from "react";

import { Icon, Segments, Toggle, WithCode } from "../../ui/index.ts";
import { plainWords } from "../sentence.ts";
import styles from "./rule-form.module.css";

interface QualifierFieldsProps {
  readonly value: Qualifiers;
  readonly onChange: (value: Qualifiers) => void;
  /** Which kind of rule: only some take an owner or a priority. */
  readonly kind: RuleValue["kind"];
  /** What the parser would refuse about them. */
  readonly problems?: readonly string[];
  /** What a block around the rule adds: it is part of the value. */
  readonly around?: string | null;
}

const quietWords =
  "Meant to keep a refusal out of the log. No parser up to 5.0.2 takes it; a plain deny is quiet anyway.";

function sentenceOf(name: string): string {
  return name === "quiet" ? quietWords : (wordNamed(qualifiers, name)?.sentence ?? "");
}

const accesses = [
  { value: "allow", label: "allow" },
  { value: "deny", label: "deny", tone: "bad" },
  { value: "prompt", label: "prompt" },
] as const;

const owners = [
  { value: "all", label: "anybody’s" },
  { value: "owner", label: "owner" },
  { value: "other", label: "other" },
] as const;

/** True where `owner` and `other` may stand before such a rule. */
const takesOwner = (kind: RuleValue["kind"]): boolean => kind === "file" || kind === "link";
/** True where `priority=` may stand before such a rule. */
const takesPriority = (kind: RuleValue["kind"]): boolean => kind !== "network" && kind !== "all";

/**
 * What stands before a rule: audit, quiet, allow or deny or prompt, owner or other, priority; each with its sentence. Nothing
 * can stand before a limit.
 */
export function QualifierFields({ value, onChange, kind, problems = [], around = null }: QualifierFieldsProps) {
  const { access, audit, quiet, owner, priority } = value;
  if (kind === "rlimit") return null;
  const said = [
    ...(access === null || access === "allow" ? [] : [access]),
    ...(audit ? ["audit"] : []),
    ...(quiet ? ["quiet"] : []),
    ...(owner === null ? [] : [owner]),
    ...(priority === null ? [] : ["priority"]),
  ];
  return (
    <fieldset className={styles.qualifiers}>
      <legend className={styles.legend}>Qualifiers</legend>
      <div className={styles.qualifierRow}>
        <Segments
          label="Access"
          value={access ?? "allow"}
          options={accesses}
          onChange={(next) => onChange({ ...value, access: next === "allow" ? null : next })}
        />
        <Toggle
          label={`audit: ${plainWords(sentenceOf("audit"))}`}
          pressed={audit}
          onChange={(next) => onChange({ ...value, audit: next })}
        >
          audit
        </Toggle>
        {quiet && (
          <Toggle
            label={`quiet: ${plainWords(quietWords)}`}
            pressed={quiet}
            onChange={(next) => onChange({ ...value, quiet: next })}
          >
            quiet
          </Toggle>
        )}
        {(takesOwner(kind) || owner !== null) && (
          <Segments
            label="Whose files"
            value={owner ?? "all"}
            options={owners}
            onChange={(next) => onChange({ ...value, owner: next === "all" ? null : next })}
          />
        )}
        {(takesPriority(kind) || priority !== null) && (
          <PriorityField value={priority} onChange={(next) => onChange({ ...value, priority: next })} />
        )}
      </div>
      {said.length > 0 && (
        <ul className={styles.qualifierWords}>
          {said.map((name) => (
            <li key={name}>
              <code>{name}</code> <WithCode text={sentenceOf(name)} />
            </li>
          ))}
        </ul>
      )}
      {around !== null && (
        <p className={styles.note}>
          <Icon name="info" size={14} />
          <span>
            <WithCode text={around} />
          </span>
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} className={styles.problem} role="alert">
          <WithCode text={problem} />
        </p>
      ))}
    </fieldset>
  );
}

interface PriorityFieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** The number of `priority=`; empty where it is not written. */
function PriorityField({ value, onChange }: PriorityFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(value === null ? "" : String(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setDraft(value === null ? "" : String(value));
  }
  return (
    <label className={styles.priority} htmlFor={id} title={plainWords(sentenceOf("priority"))}>
      priority
      <input
        id={id}
        type="number"
        min={-1000}
        max={1000}
        step={1}
        value={draft}
        placeholder="0"
        onChange={({ target }) => {
          setDraft(target.value);
          const next = target.value.trim() === "" ? null : Number(target.value);
          if (next !== null && !Number.isSafeInteger(next)) return;
          setSeen(next);
          onChange(next);
        }}
      />
    </label>
  );
}
