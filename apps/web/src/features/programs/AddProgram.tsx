import { addRule, meantPath } from "@hauberk/core/edit";
import type { ExecMode } from "@hauberk/core/rules";
import { execModeNamed, execModes } from "@hauberk/core/vocabulary";
import type { SubmitEvent } from "react";

import { type ExecSurroundings, targetChoices } from "../../panel/exec-surroundings.ts";
import { execRemarks } from "../../panel/exec-words.ts";
import { checkPath, pathBeginnings } from "../../panel/path-check.ts";
import { keptState } from "../../panel/kept-state.ts";
import { InsteadList } from "../../panel/InsteadList.tsx";
import { PathHelp } from "../../panel/PathHelp.tsx";
import { PathRemarks } from "../../panel/PathRemarks.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { plainWords } from "../../panel/sentence.ts";
import { useEdit } from "../../panel/use-edit.ts";
import { Button, Select, TextField, Toggle, WithCode } from "../../ui/index.ts";
import { newChange, newStart, takesTarget } from "./programs-model.ts";
import styles from "./ProgramsPanel.module.css";
import { RemarkList } from "./RemarkList.tsx";
import { TargetField } from "./TargetField.tsx";

/** Offers for what is typed that are worth their room. */
const mostOffers = 2;

/** What a new rule can say: an exec mode, or that the program changes its profile by itself. */
type Way = ExecMode | "change_profile";

const wayOptions: readonly { readonly value: Way; readonly label: string; readonly hint: string }[] = [
  ...execModes.map(({ name, title, sentence }) => ({
    value: name,
    label: name === "x" ? "deny x · never start it" : `${name} · ${title}`,
    hint: plainWords(sentence),
  })),
  {
    value: "change_profile",
    label: "change_profile · by itself",
    hint: "The program asks the kernel to put it under another profile, at once or at the start of a program.",
  },
];

/** All that can be chosen for how a program runs, deny left out: for rules that allow. */
export const modeOptions = wayOptions.filter(
  (option): option is typeof option & { readonly value: ExecMode } => option.value !== "change_profile",
);

/** What the empty target field says: where the mode leads without a name. */
export function targetPlaceholder(way: Way | null): string {
  if (way === "change_profile") return "name of the profile";
  const child = way !== null && execModeNamed(way)?.goal === "child";
  return child ? "the child that fits the program" : "the profile that fits the program";
}

/** What stands in the line. */
interface NewProgram {
  readonly program: string;
  readonly way: Way;
  readonly target: string;
  readonly owner: boolean;
}

const nothing: NewProgram = { program: "", way: "ix", target: "", owner: false };

const useNewProgram = keptState(nothing);

/** A line to write a new rule about programs into. */
export function AddProgram({
  around,
  variables,
}: {
  readonly around: ExecSurroundings;
  readonly variables: ReadonlySet<string>;
}) {
  const [{ program, way, target, owner }, change] = useNewProgram("add a program");
  const put = (part: Partial<NewProgram>) => change((before) => ({ ...before, ...part }));
  const { refusedAt, edit, forget } = useEdit();
  const changes = way === "change_profile";
  const check = program.trim() === "" ? null : checkPath(program, variables);
  const named = changes || takesTarget(way);
  const ready = changes ? target.trim() !== "" && check?.ok !== false : check?.ok === true;
  const remarks =
    changes || check?.ok !== true
      ? []
      : execRemarks(program.trim(), way, target.trim() === "" || !named ? null : target.trim(), around);
  const meant = check?.ok === true ? meantPath(program).slice(0, mostOffers) : [];
  const pick = (path: string) => {
    const offers = check?.ok === false ? check.instead : meant;
    // A program in somebody's home is there for its owner alone.
    const owned = offers.find((each) => each.path === path)?.owner === true;
    put({ program: path, ...(owned ? { owner: true } : {}) });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!ready) return;
    const value = changes ? newChange({ program, target }) : newStart({ program, mode: way, target, owner });
    if (edit("add", ({ file, profile }) => addRule(file, profile, value))) {
      // What one program ticked does not go for the next.
      put({ program: "", target: "", owner: false });
    }
  };
  const word = changes ? undefined : execModeNamed(way);
  return (
    <form className={styles.add} aria-label="Add a program" onSubmit={submit}>
      <div className={styles.addLine}>
        <div className={styles.addProgram}>
          <TextField
            label={changes ? "Program that it starts (none: at once)" : "New program"}
            hideLabel
            mono
            size="s"
            value={program}
            placeholder={changes ? "When it starts (empty: at once)" : "Let it start: /usr/bin/program"}
            suggestions={pathBeginnings.map(({ path }) => path)}
            onChange={(text) => put({ program: text })}
          />
        </div>
        <PathHelp
          align="start"
          variables={variables}
          onPick={(text) => change((before) => ({ ...before, program: before.program + text }))}
        />
        <Select
          label="How it runs"
          hideLabel
          size="s"
          value={way}
          options={wayOptions}
          onChange={(next) => put({ way: next })}
        />
        {!changes && (
          <Toggle
            label="owner: only program files that the user owns, for the new rule"
            pressed={owner}
            onChange={(on) => put({ owner: on })}
          >
            owner
          </Toggle>
        )}
        <Button type="submit" size="s" icon="add" disabled={!ready}>
          Add
        </Button>
      </div>
      {named && (
        <div className={styles.addTarget}>
          <span aria-hidden="true">-&gt;</span>
          <TargetField
            label={changes ? "Profile that it changes to" : "Profile that the new program runs under"}
            hideLabel
            value={target}
            placeholder={targetPlaceholder(way)}
            groups={targetChoices(around, word?.goal === "child")}
            onChange={(text) => put({ target: text })}
          />
        </div>
      )}
      {check !== null && <PathRemarks check={check} onPick={pick} />}
      {meant.length > 0 && (
        <InsteadList
          label="What is probably meant"
          items={meant.map(({ path, why }) => ({ text: path, words: why }))}
          onPick={pick}
        />
      )}
      <RemarkList remarks={remarks} onInstead={(next) => put({ way: next })} />
      {program !== "" && word !== undefined && remarks.length === 0 && check?.ok === true && (
        <p className={styles.note}>
          <WithCode text={word.sentence} />
        </p>
      )}
      <RefusalNote reason={refusedAt("add")} onDismiss={forget} />
    </form>
  );
}
