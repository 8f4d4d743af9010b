import { useMemo, useState } from "react";
import { useTextDiff } from "../../panel/use-text-diff.ts";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Button, classNames, Dialog, Icon, Select } from "../../ui/index.ts";
import {
  type BaseChoice,
  baseOptions,
  baseTexts,
  differences,
  type FileDifference,
  hunkWords,
  takeBack,
} from "./diff-model.ts";
import styles from "./DiffDialog.module.css";

/** The design beside what it was: which files, which lines, and each change can be taken back. */
export function DiffDialog({ path }: { readonly path: string | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const texts = useDesign((state) => state.texts);
  const bases = useDesign((state) => state.bases);
  // What is offered and what it means stays as it was at the opening, while changes are taken back.
  const [begun] = useState(() => designStore.getState());
  const [choice, setChoice] = useState<BaseChoice>("opened");
  const [wanted, setWanted] = useState(path);
  const options = useMemo(() => baseOptions(begun), [begun]);
  const base = useMemo(() => baseTexts({ ...begun, bases }, choice), [begun, bases, choice]);
  const files = useMemo(() => differences(base, texts), [base, texts]);
  const file = files.find((each) => each.path === wanted) ?? files[0];
  return (
    <Dialog open onClose={close} title="Compare" width={1400} footer={<Button onClick={close}>Close</Button>}>
      <div className={styles.frame}>
        <div className={styles.side}>
          <Select
            label="Compare with"
            value={choice}
            options={options.map(({ value, label }) => ({ value, label }))}
            onChange={setChoice}
          />
          {files.length === 0 ? (
            <p className={styles.none} role="status">
              Nothing differs: the design is as it was.
            </p>
          ) : (
            <FileRows files={files} shown={file?.path ?? null} onShow={setWanted} />
          )}
        </div>
        {file === undefined ? (
          <div className={styles.empty}>
            <Icon name="check" size={16} />
            No difference
          </div>
        ) : (
          <Comparison file={file} />
        )}
      </div>
    </Dialog>
  );
}

interface FileRowsProps {
  readonly files: readonly FileDifference[];
  readonly shown: string | null;
  readonly onShow: (path: string) => void;
}

function FileRows({ files, shown, onShow }: FileRowsProps) {
  return (
    <ul aria-label="Files that differ" className={styles.files}>
      {files.map(({ path, name, way, added, removed }) => (
        <li key={path}>
          <button
            type="button"
            className={styles.file}
            aria-current={path === shown || undefined}
            onClick={() => onShow(path)}
          >
            <Icon name="file" size={14} />
            <span className={styles.name}>{name}</span>
            {way !== "changed" && <span className={styles.way}>{way === "added" ? "new" : "removed"}</span>}
            <span className={styles.counts}>
              <span className={styles.added}>
                +{added}
                <span className="visually-hidden"> lines</span>
              </span>{" "}
              <span className={styles.removed}>
                −{removed}
                <span className="visually-hidden"> lines</span>
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Most changes listed with a button of their own. */
const mostHunks = 200;

function Comparison({ file }: { readonly file: FileDifference }) {
  const { path, name, from, to, way, hunks } = file;
  const { element, running, state } = useTextDiff({ path, from, to });
  const store = designStore.getState();
  return (
    <section className={styles.comparison} aria-label={`Changes of ${name}`}>
      <div className={styles.editor} ref={element}>
        {state === "failed" && <p className={styles.none}>The comparing editor could not be loaded.</p>}
      </div>
      <ul className={styles.hunks} aria-label="Changes">
        {hunks.slice(0, mostHunks).map((hunk) => (
          <li key={`${hunk.fromStart} ${hunk.toStart} ${hunk.toEnd}`} className={styles.hunk}>
            <button type="button" className={styles.place} onClick={() => running.current?.reveal(hunk.toStart)}>
              {hunkWords(hunk)}
            </button>
            {way === "changed" && (
              <Button
                size="s"
                icon="undo"
                aria-label={`Take back: ${hunkWords(hunk)}`}
                onClick={() => store.replaceText(path, [takeBack(file, hunk)], `take back a change of ${name}`)}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
        <li className={classNames(styles.hunk, styles.whole)}>
          {hunks.length > mostHunks && <span>and {hunks.length - mostHunks} more</span>}
          <Button size="s" onClick={() => takeWholeBack(file)}>
            {way === "changed" ? "Take all of the file back" : way === "added" ? "Remove the file" : "Bring it back"}
          </Button>
        </li>
      </ul>
    </section>
  );
}

function takeWholeBack({ path, name, from, way }: FileDifference): void {
  const state = designStore.getState();
  if (way === "changed") state.replaceText(path, from, `take back all changes of ${name}`);
  else if (way === "added") state.changeFiles(`remove ${name}`, [], [path]);
  else state.changeFiles(`bring back ${name}`, [[path, from]]);
}
