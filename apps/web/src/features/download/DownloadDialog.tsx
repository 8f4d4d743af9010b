import {
  type ArchiveFormat,
  archiveBundle,
  type BundleApproval,
  type BundleStanding,
  type BundleVerdict,
  makeBundle,
} from "@hauberk/core/bundle";
import type { Lowering } from "@hauberk/core/lowering";
import { useMemo, useState } from "react";
import { designStore, useDesign, useWorkbench, workbenchStore } from "../../store/index.ts";
import { Banner, Button, Dialog, Disclosure, Icon, saveFile, Segments, WithCode } from "../../ui/index.ts";
import styles from "./DownloadDialog.module.css";

/** A chosen target as this dialog shows it; `verdict` only where it is on what ships of the text as it is now. */
export interface DownloadTarget {
  readonly id: string;
  readonly label: string;
  readonly word: string;
  readonly tone: "good" | "bad" | "warn" | "none";
  readonly detail: string;
  readonly verdict: BundleVerdict | null;
  /** How many rules or parts ship otherwise than they are written. */
  readonly lost: number;
}

/** What the gate of a saved design says of a bundle of the texts as they are now. */
export type DownloadGate = GateDeeds &
  (
    | {
        /** `free`: nothing is asked of this bundle. `untold`: the service tells when the bundle is recorded. */
        readonly state: "asking" | "open" | "closed" | "free" | "untold";
        /** How it stands, and what is missing where it is closed; empty where there is nothing to say. */
        readonly words: string;
      }
    | {
        /** Nobody knows whether it is open, so it is not. */
        readonly state: "unanswered";
        readonly title: string;
        readonly words: string;
        readonly askAgain: () => void;
      }
  );

interface GateDeeds {
  /** Asks the gate once more and has the service record the bundle. */
  readonly record: (format: string, targets: readonly string[]) => Promise<RecordOutcome>;
  readonly openReview: () => void;
}

/** Whether a bundle may be made, and the approvals for its manifest (null: none); why not, the gate's state tells then. */
export type RecordOutcome =
  | {
      readonly ok: true;
      readonly approvals: readonly BundleApproval[] | null;
      /** Why it is not recorded although it should be, in a sentence or two. */
      readonly note?: string;
    }
  | { readonly ok: false };

interface DownloadDialogProps {
  readonly targets: readonly DownloadTarget[];
  /** What ships to the targets for which it can be told. */
  readonly lowerings: readonly Lowering[];
  /** What the rules that ship come to; of a target without it the bundle says that nobody was asked. */
  readonly standings: readonly BundleStanding[];
  /** What is still asked; the bundle waits for it. */
  readonly waitsFor: "verdicts" | "standings" | null;
  /** Null where the design is on no service. */
  readonly gate: DownloadGate | null;
}

/** Shows what the bundle holds and for which targets it installs, and hands it over. */
export function DownloadDialog({ targets, lowerings, standings, waitsFor, gate }: DownloadDialogProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const name = useDesign((state) => state.name);
  const texts = useDesign((state) => state.texts);
  const [format, setFormat] = useState<ArchiveFormat>("tar.gz");
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const request = useMemo(
    () => ({
      design: { name, files: [...texts].map(([path, text]) => ({ path, text })) },
      targets: targets.map((target) => target.id),
      verdicts: targets.flatMap((target) => (target.verdict === null ? [] : [target.verdict])),
      lowerings,
      standings,
    }),
    [name, texts, targets, lowerings, standings],
  );
  const outcome = useMemo(() => makeBundle(request), [request]);
  const isShut = gate !== null && !["open", "free", "untold"].includes(gate.state);
  const held = outcome.ok ? outcome.bundle.targets : [];
  const leftOut = targets.filter((target) => !held.includes(target.id));

  const download = async () => {
    if (!outcome.ok || waitsFor !== null || isShut || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const recorded = await gate?.record(format, outcome.bundle.targets);
      if (recorded?.ok === false) {
        setBusy(false);
        return;
      }
      const approvals = recorded?.approvals ?? null;
      const approved = approvals === null ? outcome : makeBundle({ ...request, approvals });
      const { bundle } = approved.ok ? approved : outcome;
      const { fileName, mediaType, bytes } = await archiveBundle(bundle, format);
      saveFile(fileName, mediaType, bytes);
      close();
      workbenchStore.getState().noteDownload();
      const note = recorded?.note;
      if (note === undefined) designStore.getState().notify("good", `Downloaded ${fileName}.`);
      else designStore.getState().notify("warn", `Downloaded ${fileName}. ${note}`);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={close}
      width={600}
      title="Download bundle"
      description="What ships to each target, scripts that install and remove it, what was lost, the verdicts, and this design."
      onSubmit={() => void download()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            icon="download"
            disabled={!outcome.ok || waitsFor !== null || isShut || busy}
          >
            Download .{format}
          </Button>
        </>
      }
    >
      {gate !== null && (gate.state === "unanswered" || gate.words !== "") && <Gate gate={gate} />}
      <section aria-label="Targets of the bundle">
        <h3 className={styles.head}>Installs on</h3>
        <ul className={styles.targets}>
          {targets.map((target) => (
            <li key={target.id} className={styles.target}>
              <span>{target.label}</span>
              <span className={`${styles.word ?? ""} ${styles[target.tone] ?? ""}`}>
                <Icon name={target.tone === "good" ? "check" : target.tone === "bad" ? "cross" : "half"} size={14} />
                {target.word}
              </span>
              <span className={styles.detail}>{target.detail}</span>
              {target.lost > 0 && <Losses target={target} />}
            </li>
          ))}
        </ul>
        <p role="status" className={styles.waits}>
          {waitsFor === "standings" && "What each rule comes to is asked; the bundle tells of it."}
        </p>
      </section>
      {outcome.ok && leftOut.length > 0 && (
        <Banner tone="warn" title={`Not for ${leftOut.map((target) => target.label).join(", ")}`}>
          The bundle holds a target’s files only where that target’s own parser accepted them, and none for a kernel
          that is only imagined.
        </Banner>
      )}
      {outcome.ok && outcome.bundle.notes.length > 0 && (
        <Banner tone="warn" title="The machine must bring something of its own">
          <ul>
            {outcome.bundle.notes.map((note) => (
              <li key={note}>
                <WithCode text={note} />
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {!outcome.ok && waitsFor === null && (
        <Banner tone="bad" title="There can be no bundle yet" live>
          <ul>
            {outcome.problems.map((problem) => (
              <li key={problem}>
                <WithCode text={problem} />
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {failure !== null && (
        <Banner tone="bad" title="The archive could not be made" live>
          {failure}
        </Banner>
      )}
      <div>
        <h3 className={styles.head}>Format</h3>
        <Segments
          label="Format of the archive"
          value={format}
          options={[
            { value: "tar.gz", label: ".tar.gz" },
            { value: "zip", label: ".zip" },
          ]}
          onChange={setFormat}
        />
      </div>
      {outcome.ok && (
        <Disclosure summary={`What is inside: ${outcome.bundle.files.length} files in ${outcome.bundle.name}/`}>
          <ul className={styles.files}>
            {outcome.bundle.files.map((file) => (
              <li key={file.path} className={styles.file}>
                {file.path}
                <span className={styles.size}>
                  {gate !== null && namesApprovals(file.path) ? "names who approved" : `${file.bytes.length} B`}
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Dialog>
  );
}

/** What changes with the approvals, which the service tells when the bundle is made. */
function namesApprovals(path: string): boolean {
  return path === "manifest.json";
}

/** How the gate stands, with the way to the review where it is closed, and another try where nobody answered. */
function Gate({ gate }: { readonly gate: DownloadGate }) {
  if (gate.state === "unanswered") {
    return (
      <Banner
        tone="bad"
        title={gate.title}
        live
        actions={
          <Button size="s" onClick={gate.askAgain}>
            Try again
          </Button>
        }
      >
        {gate.words}
      </Banner>
    );
  }
  const closed = gate.state === "closed";
  return (
    <Banner
      tone={closed ? "warn" : gate.state === "open" ? "good" : "info"}
      {...(closed ? { title: "The gate is closed" } : {})}
      live
      actions={
        <Button size="s" onClick={gate.openReview}>
          Open the review
        </Button>
      }
    >
      {gate.words}
    </Banner>
  );
}

/** How much a target can't have, and the way to what it gets instead. */
function Losses({ target: { id, label, lost } }: { readonly target: DownloadTarget }) {
  return (
    <span className={styles.losses}>
      {lost === 1 ? "One rule or part is lost there." : `${lost} rules or parts are lost there.`}
      <Button
        size="s"
        variant="quiet"
        aria-label={`What ships to ${label}`}
        onClick={() => workbenchStore.getState().openDialog({ kind: "lowering", target: id })}
      >
        What ships
      </Button>
    </span>
  );
}
