import { globs, knownVariables } from "@hauberk/core/vocabulary";

import { IconButton, Popover, WithCode } from "../ui/index.ts";
import styles from "./PathHelp.module.css";

interface PathHelpProps {
  /** Names that the design and the usual tunables declare. */
  readonly variables: ReadonlySet<string>;
  /** Puts a text into the field beside the help. */
  readonly onPick?: (text: string) => void;
  readonly align?: "start" | "end";
}

/** What the special signs of a path mean, and which variables there are. */
export function PathHelp({ variables, onPick, align = "end" }: PathHelpProps) {
  const known = new Set(knownVariables.map(({ name }) => name));
  const own = [...variables].filter((name) => !known.has(name));
  return (
    <Popover
      trigger={<IconButton label="Help with paths" icon="info" size="s" />}
      label="Help with paths"
      align={align}
    >
      <div className={styles.help}>
        <h3>Variables</h3>
        <dl>
          {own.length > 0 && onPick !== undefined && (
            <div>
              <dt>Others</dt>
              <dd className={styles.own}>
                {own.map((name) => (
                  <button key={name} type="button" onClick={() => onPick(`@{${name}}`)}>
                    {name}
                  </button>
                ))}
              </dd>
            </div>
          )}
          {knownVariables.map(({ name, sentence, value }) => (
            <div key={name}>
              <dt>
                {onPick === undefined ? (
                  <code>@{`{${name}}`}</code>
                ) : (
                  <button type="button" onClick={() => onPick(`@{${name}}`)}>
                    @{`{${name}}`}
                  </button>
                )}
              </dt>
              <dd>
                <WithCode text={sentence} /> <span className={styles.value}>{value}</span>
              </dd>
            </div>
          ))}
        </dl>
        <h3>Signs</h3>
        <dl>
          {globs.map(({ sign, title, sentence, example }) => (
            <div key={sign}>
              <dt>
                <code>{sign}</code>
              </dt>
              <dd>
                <strong>{title}</strong>
                <WithCode text={sentence} /> <code>{example}</code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Popover>
  );
}
