import { useState } from "react";
import { type NamedGoal, ruleGoals, transferRules } from "../../panel/rule-transfer.ts";
import { rulesOf } from "../../panel/rule-pick.ts";
import { type RulePick, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, Icon, SearchField } from "../../ui/index.ts";
import styles from "./MoveRulesDialog.module.css";

interface MoveRulesDialogProps {
  readonly verb: "move" | "copy";
  readonly pick: RulePick;
}

/** Asks to which profile rules shall go: dragging by keys. */
export function MoveRulesDialog({ verb, pick }: MoveRulesDialogProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const [query, setQuery] = useState("");
  const [goals] = useState(() => ruleGoals().filter((goal) => !isHome(goal, pick)));
  const [chosen, setChosen] = useState(goals[0]?.id ?? null);
  const words = query.trim().toLowerCase();
  const shown = goals.filter(({ name, file }) => `${name} ${file}`.toLowerCase().includes(words));
  const goal = shown.find(({ id }) => id === chosen) ?? shown[0];
  const count = pick.indexes.length;
  const what = count === 1 ? "the rule" : `${count} rules`;
  const go = (way: "move" | "copy") => {
    if (goal === undefined) return;
    close();
    transferRules(way, pick, goal);
  };
  const other = verb === "move" ? "copy" : "move";
  return (
    <Dialog
      open
      onClose={close}
      title={`${verb === "move" ? "Move" : "Copy"} ${what} to`}
      description="Comments that belong to a rule go along. Undo takes it back in one step."
      onSubmit={() => go(verb)}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button disabled={goal === undefined} onClick={() => go(other)}>
            {other === "move" ? "Move instead" : "Copy instead"}
          </Button>
          <Button type="submit" variant="primary" disabled={goal === undefined}>
            {verb === "move" ? "Move" : "Copy"}
          </Button>
        </>
      }
    >
      <RuleTexts pick={pick} />
      {goals.length > 8 && <SearchField label="Search profiles" value={query} onChange={setQuery} />}
      <fieldset className={styles.goals} aria-label="Profiles">
        {shown.map(({ id, name, file, form }) => (
          <label key={id} className={styles.goal}>
            <input
              type="radio"
              name="goal"
              value={id}
              checked={id === goal?.id}
              autoFocus={id === goals[0]?.id}
              onChange={() => setChosen(id)}
            />
            <Icon name={form === "hat" ? "hat" : form === "file" ? "file" : "profile"} size={14} />
            <span className={styles.name}>{name}</span>
            {form !== "file" && <span className={styles.file}>{file}</span>}
          </label>
        ))}
        {shown.length === 0 && <p>No profile of that name.</p>}
      </fieldset>
    </Dialog>
  );
}

/** The first rules as they stand, so that it is plain what goes. */
function RuleTexts({ pick }: { readonly pick: RulePick }) {
  const found = rulesOf(pick);
  const most = 4;
  return (
    <div className={styles.rules}>
      {(found === null ? [] : pick.texts.slice(0, most)).map((text, index) => (
        <code key={pick.indexes[index]}>{text}</code>
      ))}
      {pick.texts.length > most && <p>and {pick.texts.length - most} more</p>}
    </div>
  );
}

function isHome(goal: NamedGoal, pick: RulePick): boolean {
  return goal.path === pick.path && goal.profile?.indexes.join() === pick.profile?.indexes.join();
}
