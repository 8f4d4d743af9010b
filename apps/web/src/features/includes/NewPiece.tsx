import { designPathOf } from "@hauberk/core/analysis";
import { useState } from "react";
import { designStore } from "../../store/index.ts";
import { Button, TextField } from "../../ui/index.ts";
import styles from "./IncludesPanel.module.css";

interface NewPieceProps {
  readonly folder: "abstractions" | "tunables";
  /** Paths that are taken, in the design or on the target. */
  readonly taken: readonly string[];
  readonly onDone: () => void;
}

const beginnings = {
  abstractions:
    "# What this abstraction is for, in a line or two: it is shown wherever it is offered.\n\nabi <abi/3.0>,\n\n",
  tunables: "# Variables of this design. Administrators may change the values here.\n",
} as const;

/** Makes a file of the design's own that profiles can include, and opens it. */
export function NewPiece({ folder, taken, onDone }: NewPieceProps) {
  const [name, setName] = useState("");
  const [sent, setSent] = useState(false);
  const path = `${folder}/${name.trim()}`;
  const problem = nameProblem(name, path, taken);
  const add = () => {
    setSent(true);
    if (problem !== null) return;
    const state = designStore.getState();
    state.changeFiles(`add ${path}`, [[designPathOf(path), beginnings[folder]]]);
    state.setActivePath(designPathOf(path));
    onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label={folder === "abstractions" ? "New abstraction" : "New file of tunables"}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className={styles.grow}>
        <TextField
          label={`Name below ${folder}/`}
          mono
          size="s"
          autoFocus
          value={name}
          placeholder="my-service-common"
          error={sent ? problem : null}
          onChange={setName}
        />
      </div>
      <div className={styles.formButtons}>
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary">
          Create
        </Button>
      </div>
    </form>
  );
}

function nameProblem(name: string, path: string, taken: readonly string[]): string | null {
  if (name.trim() === "") return "A file needs a name, for example `my-service-common`.";
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]{0,120}$/.test(name.trim())) {
    return "Letters, digits, `.`, `_`, `+` and `-`, beginning with a letter or digit.";
  }
  return taken.includes(path) ? `\`${path}\` is there already; choose another name.` : null;
}
