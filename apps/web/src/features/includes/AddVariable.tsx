import type { PolicyFiles } from "@hauberk/core/analysis";
import { addVariable } from "@hauberk/core/edit";
import { useState } from "react";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { designStore } from "../../store/index.ts";
import { Button, Select, TextField } from "../../ui/index.ts";
import type { IncludeScope } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { declareInTunable } from "./new-tunable.ts";
import { bareName, broughtVariables, splitValues, tunablePath, variableNameProblem } from "./variables-model.ts";

interface AddVariableProps {
  readonly scope: IncludeScope;
  readonly taken: readonly string[];
  readonly files: PolicyFiles;
  readonly onDone: () => void;
}

/** Sets a variable, or adds values to one that is set elsewhere. */
export function AddVariable({ scope, taken, files, onDone }: AddVariableProps) {
  const { file, profile } = scope;
  const own = tunablePath(profile?.name ?? file.path);
  const [name, setName] = useState("");
  const [values, setValues] = useState("");
  const [operator, setOperator] = useState<"=" | "+=">("=");
  const [chosen, setPlace] = useState<"own" | "file">(profile === null ? "file" : "own");
  // What is added to a variable stands where the file's parser reads it: below what sets it.
  const place = operator === "+=" || profile === null ? "file" : chosen;
  const [sent, setSent] = useState(false);
  const { refusedAt, perform, refuse, forget } = useEdit();
  const brought = broughtVariables(file, files).map((each) => each.name);
  const problem = operator === "=" ? variableNameProblem(name, [...taken, ...brought]) : variableNameProblem(name, []);
  const add = () => {
    setSent(true);
    const list = splitValues(values);
    if (problem !== null || list.length === 0) return;
    if (place === "file") {
      if (perform("add", addVariable(file, bareName(name), list, operator))) onDone();
      return;
    }
    const state = designStore.getState();
    const { activePath, activeProfile } = state;
    const outcome = declareInTunable(file, own, state.texts.get(own) ?? null, bareName(name), list);
    if (!outcome.ok) {
      refuse("add", outcome.reason);
      return;
    }
    state.changeFiles(outcome.label, outcome.put);
    // The new file must not take the place of the profile that is being worked on.
    if (activeProfile !== null) state.setActiveProfile(activeProfile);
    else if (activePath !== null) state.setActivePath(activePath);
    onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label="New variable"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label="Name"
        mono
        size="s"
        autoFocus
        value={name}
        onChange={setName}
        placeholder="RUSTNET_LOG_DIR"
        {...(operator === "+=" ? { suggestions: [...taken, ...brought] } : {})}
        error={sent ? problem : null}
      />
      <Select
        label="How"
        size="s"
        value={operator}
        options={[
          { value: "=", label: "set", hint: "A variable that is set nowhere else." },
          { value: "+=", label: "add to", hint: "More values for one that an included file sets." },
        ]}
        onChange={setOperator}
      />
      <div className={styles.grow}>
        <TextField
          label="Values, with blanks between"
          mono
          size="s"
          value={values}
          onChange={setValues}
          placeholder="/var/log/rustnet/"
          error={sent && splitValues(values).length === 0 ? "A variable needs a value." : null}
        />
      </div>
      <Select
        label="Declared in"
        size="s"
        value={place}
        disabled={operator === "+=" || profile === null}
        options={[
          {
            value: "own",
            label: own.replace(/^apparmor\.d\//, ""),
            hint: "A file of its own in the design, for administrators to change.",
          },
          { value: "file", label: "this file", hint: "In the preamble, above the profile." },
        ]}
        onChange={setPlace}
      />
      <div className={styles.formButtons}>
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary">
          Add
        </Button>
      </div>
      <div className={styles.whole}>
        <RefusalNote reason={refusedAt("add")} onDismiss={forget} />
      </div>
    </form>
  );
}
