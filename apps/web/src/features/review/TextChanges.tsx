import type { WholeRevision } from "@hauberk/contract";
import { useState } from "react";
import { useTextDiff } from "../../panel/use-text-diff.ts";
import { Button, Select } from "../../ui/index.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";

interface TextChangesProps {
  readonly before: WholeRevision;
  readonly after: WholeRevision;
}

/** The texts beside one another, file by file, once somebody asks: the editor is large. */
export function TextChanges({ before, after }: TextChangesProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const from = new Map(before.texts.map(({ path, text }) => [path, text]));
  const to = new Map(after.texts.map(({ path, text }) => [path, text]));
  const paths = [...new Set([...from.keys(), ...to.keys()])].filter((path) => from.get(path) !== to.get(path));
  const path = wanted !== null && paths.includes(wanted) ? wanted : paths[0];
  if (path === undefined) return null;
  if (!open) {
    return (
      <div>
        <Button size="s" onClick={() => setOpen(true)}>
          Show the texts beside one another
        </Button>
      </div>
    );
  }
  return (
    <div className={parts.stack}>
      <div className={parts.row}>
        <Select
          label="File"
          size="s"
          mono
          value={path}
          options={paths.map((value) => ({ value, label: value }))}
          onChange={setWanted}
        />
        <Button size="s" onClick={() => setOpen(false)}>
          Hide the texts
        </Button>
      </div>
      <Diff
        path={path}
        from={from.get(path) ?? ""}
        to={to.get(path) ?? ""}
        names={{ from: `Revision ${before.number}`, to: `Revision ${after.number}` }}
      />
    </div>
  );
}

interface DiffProps {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly names: { readonly from: string; readonly to: string };
}

function Diff({ path, from, to, names }: DiffProps) {
  const { element, state } = useTextDiff({ path, from, to }, names);
  return (
    <div className={styles.diff} ref={element}>
      {state === "failed" && <p>The comparing editor could not be loaded.</p>}
    </div>
  );
}
