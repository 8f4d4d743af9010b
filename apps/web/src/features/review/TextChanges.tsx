import type { WholeRevision } from "@hauberk/contract";
import { useEffect, useRef, useState } from "react";
import { isDark } from "../../actions/index.ts";
import type { RunningDiff } from "../../monaco/start-diff.ts";
import { Button, Select } from "../../ui/index.ts";
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
    <div className={styles.stack}>
      <div className={styles.row}>
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
  const element = useRef<HTMLDivElement>(null);
  const running = useRef<RunningDiff | null>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const { from: before, to: after } = names;
  useEffect(() => {
    let gone = false;
    import("../../monaco/start-diff.ts").then(
      ({ startDiff }) => {
        if (gone || element.current === null) return;
        running.current = startDiff(element.current, isDark(), { from: before, to: after });
        setState("ready");
      },
      () => setState("failed"),
    );
    return () => {
      gone = true;
      running.current?.dispose();
      running.current = null;
    };
  }, [before, after]);
  useEffect(() => {
    if (state === "ready") running.current?.show(path, from, to);
  }, [state, path, from, to]);
  return (
    <div className={styles.diff} ref={element}>
      {state === "failed" && <p>The comparing editor could not be loaded.</p>}
    </div>
  );
}
