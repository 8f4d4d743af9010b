import type { Choice, MergeConflict } from "@hauberk/core/review";
import { Segments, WithCode } from "../../ui/index.ts";
import styles from "./Merge.module.css";

interface MergePlaceChoiceProps {
  readonly conflict: MergeConflict;
  readonly theirName: string;
  readonly choice: Choice | null;
  readonly onChoose: (choice: Choice) => void;
}

/** A place of a merge where a person has to choose: what each side says there, and which of them stands. */
export function MergePlaceChoice({ conflict, theirName, choice, onChoose }: MergePlaceChoiceProps) {
  const { file, kind, line, mine, theirs } = conflict;
  const options = [
    { value: "mine", label: "Mine" },
    { value: "theirs", label: `${theirName}’s` },
    ...(kind === "lines" && conflict.both !== null ? [{ value: "both", label: "Both" } as const] : []),
  ] as const;
  const says = kind === "setting" ? conflict.says : { mine: null, theirs: null };
  const absent = kind === "setting" ? "It is taken away." : "The file goes.";
  return (
    <li className={styles.conflict} aria-label={`${file}, line ${line}`}>
      <p>
        {kind === "setting" && (
          <>
            <WithCode text={conflict.name} />:{" "}
          </>
        )}
        <code>{file}</code>, line {line}
      </p>
      {kind === "broken" && (
        <p>
          Only one of the two can stand: <WithCode text={conflict.reason} />
        </p>
      )}
      <div className={styles.sides}>
        <Version title="Mine" text={mine} says={says.mine} absent={absent} />
        <Version title={`${theirName}’s`} text={theirs} says={says.theirs} absent={absent} />
      </div>
      <Segments
        label={
          kind === "setting"
            ? `What holds for ${conflict.name.replaceAll("`", "")}`
            : `What stands at line ${line} of ${file}`
        }
        value={choice ?? "none"}
        options={options}
        onChange={(value) => {
          if (value !== "none") onChoose(value);
        }}
      />
    </li>
  );
}

interface VersionProps {
  readonly title: string;
  readonly text: string | null;
  /** What the text says, where there are words for it. */
  readonly says: string | null;
  /** What it means that there is no text. */
  readonly absent: string;
}

function Version({ title, text, says, absent }: VersionProps) {
  return (
    <div>
      <p className={styles.soft}>{title}</p>
      {says !== null && (
        <p>
          <WithCode text={says} />
        </p>
      )}
      {text === null ? <p>{absent}</p> : <pre className={styles.version}>{text === "" ? "(nothing)" : text}</pre>}
    </div>
  );
}
