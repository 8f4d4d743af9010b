import { broughtDanger, designPathOf, includeBrings, valuesIn, worstSayings } from "@hauberk/core/analysis";
import { addInclude, removeInclude } from "@hauberk/core/edit";
import { noValues } from "@hauberk/core/words";
import { useMemo, useState } from "react";
import { PolicyText } from "../../panel/PolicyText.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { usePolicyFiles } from "../../panel/target-policy.ts";
import { useEdit } from "../../panel/use-edit.ts";
import { designStore, useActiveFile, useActiveProfile, workbenchStore } from "../../store/index.ts";
import { Badge, Button, Checkbox, DangerMark, Dialog, Disclosure, EmptyState, WithCode } from "../../ui/index.ts";
import { BringsAbout } from "./BringsAbout.tsx";
import { bringsWords } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { includesOfScope, scopeNow } from "./scope-now.ts";

function close(): void {
  workbenchStore.getState().closeDialog();
}

/** A policy file to read: what it brings, its text with the rules in words, and a box to include it. */
export function PolicyFileDialog({ path, at }: { readonly path: string; readonly at: number | null }) {
  const files = usePolicyFiles();
  const [trail, setTrail] = useState<readonly { readonly path: string; readonly at: number | null }[]>([{ path, at }]);
  const here = trail.at(-1) ?? { path, at };
  const file = files.file(here.path);
  const back = trail.length > 1 ? () => setTrail(trail.slice(0, -1)) : null;
  return (
    <Dialog
      open
      title={here.path}
      width={920}
      onClose={close}
      footer={
        <>
          {back !== null && <Button onClick={back}>Back to {trail.at(-2)?.path}</Button>}
          {file?.origin === "design" && (
            <Button
              icon="edit"
              onClick={() => {
                close();
                designStore.getState().setActivePath(designPathOf(file.path));
              }}
            >
              Edit this file
            </Button>
          )}
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      {file === null ? (
        <EmptyState title="This file is not at hand">
          <p>Neither the design nor the target’s policy, as far as it is known here, holds it.</p>
        </EmptyState>
      ) : (
        <PolicyFileView
          key={here.path}
          path={here.path}
          at={here.at}
          onGo={(next) => setTrail([...trail, { path: next, at: null }])}
        />
      )}
    </Dialog>
  );
}

interface PolicyFileViewProps {
  readonly path: string;
  readonly at: number | null;
  readonly onGo: (path: string) => void;
}

function PolicyFileView({ path, at, onGo }: PolicyFileViewProps) {
  const files = usePolicyFiles();
  const [sentences, setSentences] = useState(true);
  const brings = includeBrings({ path, magic: true, ifExists: false }, files);
  const file = brings.files[0];
  const values = file === undefined ? noValues : valuesIn(file.view, files);
  const worst = useMemo(() => worstSayings(brings.brought, "high", 12, values), [brings, values]);
  if (file === undefined) return null;
  const nested = brings.files.slice(1);
  return (
    <div className={styles.view}>
      <div>
        <BringsAbout brings={brings} words={bringsWords(brings, broughtDanger(brings, values))} />
      </div>
      <div className={styles.viewHead}>
        {file.origin === "design" ? (
          <Badge tone="accent">this design</Badge>
        ) : (
          <Badge>read only, as on {files.tree?.target ?? "the target"}</Badge>
        )}
        <IncludeBox path={path} />
        <Checkbox label="Rules in words" checked={sentences} onChange={setSentences} />
      </div>
      {worst.length > 0 && (
        <Disclosure summary={`${worst.length === 12 ? "The most" : worst.length} dangerous of its rules`}>
          <ul className={styles.list}>
            {worst.map(({ sentence, danger, path: from, start }) => (
              <li key={`${from} ${start}`} className={styles.item}>
                <DangerMark level={danger} />
                <span className={styles.about}>
                  <WithCode text={sentence} />
                </span>
                {from !== path && (
                  <button type="button" className={styles.link} onClick={() => onGo(from)}>
                    {from}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {nested.length > 0 && (
        <div className={styles.item}>
          <span className={styles.counted}>Includes</span>
          {nested.map((each) => (
            <button key={each.path} type="button" className={styles.link} onClick={() => onGo(each.path)}>
              {each.path}
            </button>
          ))}
        </div>
      )}
      <div className={styles.viewText}>
        <PolicyText view={file.view} values={values} label={`Text of ${path}`} sentences={sentences} at={at} />
      </div>
    </div>
  );
}

/** Ticks the file into what is worked on, where that can include it. */
function IncludeBox({ path }: { readonly path: string }) {
  const active = useActiveFile();
  const shown = useActiveProfile();
  const { refusedAt, perform, forget } = useEdit();
  if (active === null || active.path === designPathOf(path)) return null;
  if (!/^(?:abstractions|tunables)\//.test(path)) return null;
  const inPreamble = path.startsWith("tunables/");
  const scope = { file: active, profile: inPreamble ? null : (shown?.profile ?? null) };
  const included = includesOfScope(scope).some((include) => include.path === path);
  const tick = (on: boolean) => {
    const now = scopeNow();
    if (now === null) return;
    const target = { file: now.file, profile: inPreamble ? null : now.profile };
    const include = includesOfScope(target).find((each) => each.path === path);
    if (on) perform("include", addInclude(target.file, target.profile, path));
    else if (include !== undefined) perform("include", removeInclude(target.file, include));
  };
  const where = scope.profile?.name ?? active.path.replace(/^apparmor\.d\//, "");
  return (
    <>
      <Checkbox label={`Included in ${where}`} checked={included} onChange={tick} />
      <RefusalNote reason={refusedAt("include")} onDismiss={forget} />
    </>
  );
}
