import {
  answerLoss,
  answerLossByText,
  forgetAnswer,
  type Loss,
  type LossAnswer,
  type Lowering,
} from "@hauberk/core/lowering";
import type { EditOutcome } from "@hauberk/core/edit";
import { useState } from "react";
import { copyText } from "../../actions/index.ts";
import { shortLabel } from "../../panel/standing-words.ts";
import {
  designStore,
  shortName,
  type StandingTarget,
  useDesign,
  useStandings,
  useWorkbench,
} from "../../store/index.ts";
import { Button, Dialog, Disclosure, EmptyState, Select, WithCode } from "../../ui/index.ts";
import { LossCard } from "./LossCard.tsx";
import { LoweredVerdict } from "./LoweredVerdict.tsx";
import { designOf, lossWords, shippedFiles } from "./lowering-model.ts";
import styles from "./LoweringDialog.module.css";
import { ShippedText, type SourceLine } from "./ShippedText.tsx";
import { useLowering } from "./use-lowering.ts";

interface LoweringDialogProps {
  /** The target that is shown first; null for the design's first. */
  readonly target: string | null;
}

/** What ships to each target: the text, and what is lost of the source, each loss with its answers. */
export function LoweringDialog({ target: first }: LoweringDialogProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const targets = useStandings((all) => all);
  const [wanted, setWanted] = useState(first);
  const target = targets.find(({ id }) => id === wanted) ?? targets[0];
  return (
    <Dialog
      open
      onClose={close}
      title="What ships to each target"
      description="The source is written once. What a release can’t have is replaced by what you choose here."
      width={1400}
      footer={<Button onClick={close}>Close</Button>}
    >
      {target === undefined ? (
        <p>No target is chosen: choose those that the design is for below the panels, at “Targets…”.</p>
      ) : (
        <Shipment key={target.id} target={target} targets={targets} onTarget={setWanted} />
      )}
    </Dialog>
  );
}

interface ShipmentProps {
  readonly target: StandingTarget;
  readonly targets: readonly StandingTarget[];
  readonly onTarget: (id: string) => void;
}

function Shipment({ target, targets, onTarget }: ShipmentProps) {
  const state = useLowering(target.id);
  const texts = useDesign((design) => design.texts);
  const [wanted, setWanted] = useState<SourceLine | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const lowering = state.kind === "there" ? state.lowering : null;
  const files = lowering === null ? [] : shippedFiles(texts, lowering);
  const file = files.find((each) => each.path === path) ?? files[0];
  return (
    <div className={styles.frame}>
      <div className={styles.side}>
        <Select
          label="Target"
          value={target.id}
          options={targets.map(({ id, label }) => ({ value: id, label }))}
          onChange={onTarget}
        />
        {state.kind === "asking" && <p role="status">Asking the service for what this release can do.</p>}
        {state.kind === "none" && (
          <p role="status">
            <WithCode text={`What ships there can’t be told. ${state.why}`} />
          </p>
        )}
        {lowering !== null && (
          <>
            <LoweredVerdict label={shortLabel(target.label)} lowering={lowering} />
            <Report
              label={shortLabel(target.label)}
              lowering={lowering}
              several={files.length > 1}
              onShow={(loss) => {
                setPath(loss.file);
                setWanted({ line: loss.line });
              }}
            />
          </>
        )}
      </div>
      {file !== undefined && (
        <div className={styles.texts}>
          <div className={styles.bar}>
            <Select
              label="File"
              hideLabel
              size="s"
              value={file.path}
              options={files.map((each) => ({
                value: each.path,
                label: each.source === each.shipped ? `${each.name} · ships as it is` : each.name,
              }))}
              onChange={setPath}
            />
            <span className={styles.soft}>
              {file.source === file.shipped ? "Ships byte for byte as it is written." : "Source beside what ships."}
            </span>
            <Button size="s" icon="copy" className={styles.copy} onClick={() => copyText(file.shipped)}>
              Copy what ships
            </Button>
          </div>
          <ShippedText file={file} wanted={wanted} />
        </div>
      )}
    </div>
  );
}

interface ReportProps {
  readonly label: string;
  readonly lowering: Lowering;
  /** The design has several files: places name theirs. */
  readonly several: boolean;
  readonly onShow: (loss: Loss) => void;
}

function Report({ label, lowering, several, onShow }: ReportProps) {
  const { lost, rewritten, notes, target } = lowering;
  return (
    <>
      <p role="status" className={styles.count}>
        {lossWords(lost)}.
      </p>
      {lost.length === 0 && (
        <EmptyState title={`${label} can have all of it`}>
          No rule of the source is widened, dropped or refused there, as far as is known of its parser and kernel.
        </EmptyState>
      )}
      {lost.map((loss) => (
        <LossCard
          key={`${loss.file} ${loss.start} ${loss.end}`}
          loss={loss}
          file={several ? shortName(loss.file) : null}
          onShow={() => onShow(loss)}
          onAnswer={(answer) => take(target, loss, answer)}
          onEverywhere={(answer) => perform((design) => answerLoss(design, target, loss, answer, { target: "*" }))}
          onText={(text) => perform((design) => answerLossByText(design, target, loss, text))}
          onForget={() => perform((design) => forgetAnswer(design, target, loss))}
        />
      ))}
      {rewritten.length > 0 && (
        <Disclosure
          summary={rewritten.length === 1 ? "One place in other words" : `${rewritten.length} places in other words`}
        >
          <ul className={styles.rewritten}>
            {rewritten.map(({ file, start, rule, instead, why }) => (
              <li key={`${file} ${start} ${rule}`}>
                <code className={styles.rule}>{rule}</code>
                <p className={styles.soft}>
                  {instead === null ? "Ships as nothing: " : <WithCode text={`Ships as \`${instead}\`: `} />}
                  <WithCode text={why} />
                </p>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.soft}>
          <WithCode text={note} />
        </p>
      ))}
    </>
  );
}

function take(target: string, loss: Loss, answer: LossAnswer): void {
  perform((design) => answerLoss(design, target, loss, answer));
}

/** Writes a choice into `hauberk.json` as one step; a refusal is told by a notice. */
function perform(wish: (design: ReturnType<typeof designOf>) => EditOutcome): void {
  const state = designStore.getState();
  state.apply(wish(designOf(state.name, state.texts)));
}
