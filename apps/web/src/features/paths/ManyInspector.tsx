import { execModes, execModeNamed, filePermissions } from "@hauberk/core/vocabulary";

import { askWhere, copyPick } from "../../actions/index.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { pickOfShown } from "../../panel/rule-pick.ts";
import type { Editing } from "../../panel/use-edit.ts";
import { Button, classNames, Select } from "../../ui/index.ts";
import { changeMany, type ManyWish, shareOf } from "./path-edits.ts";
import type { PathRules } from "./path-rules.ts";
import styles from "./PathsPanel.module.css";
import type { Chosen } from "./use-chosen.ts";

interface ManyInspectorProps {
  readonly rules: PathRules;
  readonly chosen: Chosen;
  readonly editing: Editing;
  readonly onRemove: (numbers: readonly number[]) => boolean;
}

const modeOptions = [
  { value: "as-is", label: "as it is" },
  { value: "none", label: "not run" },
  ...execModes
    .filter(({ goal }) => goal !== "none")
    .map(({ name, title }) => ({ value: name, label: `${name} · ${title}` })),
];

const switches = [
  { qualifier: "owner", label: "owner: only files that the user owns, for all chosen" },
  { qualifier: "deny", label: "deny for all chosen" },
  { qualifier: "audit", label: "audit: log each use, for all chosen" },
] as const;

/** What can be done to all chosen rules at once, each as one step. */
export function ManyInspector({ rules, chosen, editing, onRemove }: ManyInspectorProps) {
  const numbers = [...chosen.numbers].toSorted((a, b) => a - b);
  const values = numbers.flatMap((number) => rules.facts(number)?.value ?? []);
  const change = (wish: ManyWish) => editing.edit("many", (shown) => changeMany(shown, numbers, wish));
  const pick = () => pickOfShown(numbers);
  const modes = new Set(values.map(({ exec }) => exec ?? "none"));
  const [mode] = modes;
  return (
    <fieldset className={styles.inspector} aria-label={`${numbers.length} rules chosen`}>
      <div className={styles.inspectorLine}>
        <span className={styles.manyTitle} role="status">
          {numbers.length} rules chosen
        </span>
        <fieldset className={styles.addLetters} aria-label="Permissions of all chosen">
          {filePermissions.map(({ name, title }) => (
            <Share
              key={name}
              label={`${title} for all chosen`}
              text={name}
              values={values}
              wish={(on) => ({ letter: name, on })}
              onWish={change}
            />
          ))}
          {switches.map(({ qualifier, label }) => (
            <Share
              key={qualifier}
              label={label}
              text={qualifier}
              values={values}
              wish={(on) => ({ qualifier, on })}
              onWish={change}
            />
          ))}
        </fieldset>
        <Select
          label="How all chosen may be run"
          hideLabel
          size="s"
          value={modes.size === 1 && mode !== undefined ? mode : "as-is"}
          options={modes.size === 1 ? modeOptions.slice(1) : modeOptions}
          onChange={(name) => {
            if (name !== "as-is") change({ exec: execModeNamed(name)?.name ?? null });
          }}
        />
      </div>
      <div className={styles.inspectorLine}>
        <Button size="s" onClick={() => transfer("move", pick())}>
          Move to…
        </Button>
        <Button size="s" onClick={() => transfer("copy", pick())}>
          Copy to…
        </Button>
        <Button
          size="s"
          icon="copy"
          onClick={() => {
            const now = pick();
            if (now !== null) copyPick(now);
          }}
        >
          Copy as text
        </Button>
        <Button size="s" icon="trash" onClick={() => onRemove(numbers)}>
          Remove
        </Button>
        <Button size="s" variant="quiet" onClick={() => chosen.choose([], null)}>
          Choose none
        </Button>
      </div>
      <RefusalNote reason={editing.refusedAt("many")} offer={editing.offerAt("many")} onDismiss={editing.forget} />
      <p className={styles.note}>
        Each change is one step, which undo takes back. Ctrl+A chooses all that are shown, Space or Ctrl with a click
        one more, Shift a run, Escape none.
      </p>
    </fieldset>
  );
}

function transfer(verb: "move" | "copy", pick: ReturnType<typeof pickOfShown>): void {
  if (pick !== null) askWhere(verb, pick);
}

interface ShareProps {
  readonly label: string;
  readonly text: string;
  readonly values: Parameters<typeof shareOf>[0];
  readonly wish: (on: boolean) => ManyWish;
  readonly onWish: (wish: ManyWish) => void;
}

/** A toggle over many rules: on where all have it, mixed where some do. A press gives it to all, or takes it from all. */
function Share({ label, text, values, wish, onWish }: ShareProps) {
  const share = shareOf(values, wish(true));
  return (
    <button
      type="button"
      className={classNames(styles.share, share === "all" && styles.shareAll, share === "some" && styles.shareSome)}
      aria-label={label}
      aria-pressed={share === "all" ? true : share === "some" ? "mixed" : false}
      title={share === "some" ? `${label}: some have it` : label}
      onClick={() => onWish(wish(share !== "all"))}
    >
      {text}
    </button>
  );
}
