import { useMemo } from "react";
import { showPanel, whatShips } from "../../actions/index.ts";
import { StandingLines } from "../../panel/StandingNote.tsx";
import {
  fileStandings,
  fileView,
  type PlacedStanding,
  useDesign,
  useStandings,
  useWorkbench,
} from "../../store/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { oneLine } from "./standing-table.ts";
import styles from "./StandingPanel.module.css";

interface RuleStandingDialogProps {
  readonly path: string;
  /** An offset within the rule, or on its line before it. */
  readonly offset: number;
}

/** What the rule at the cursor comes to on each target, and why. */
export function RuleStandingDialog({ path, offset }: RuleStandingDialogProps) {
  const close = useWorkbench((state) => state.closeDialog);
  const texts = useDesign((state) => state.texts);
  const targets = useStandings((all) => all);
  const file = fileView(texts, path);
  const here = useMemo(
    () => (file === null ? [] : standingsAt(fileStandings(targets, file), file.tree.text, offset)),
    [file, targets, offset],
  );
  return (
    <Dialog
      open
      onClose={close}
      title="What the rule comes to"
      width={620}
      footer={
        <>
          <Button onClick={whatShips.perform}>What ships…</Button>
          <Button
            onClick={() => {
              close();
              showPanel("standing");
            }}
          >
            All rules by targets
          </Button>
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      {here.length === 0 && (
        <p>
          {targets.length === 0
            ? "The design names no target. What a rule comes to depends on the release: choose one at “Targets…”."
            : "Here stands nothing that could be enforced: a rule, an include, an abi or a flag has a standing."}
        </p>
      )}
      {here.map(({ place, standing }) => (
        <section key={`${place.start} ${place.text}`} aria-label={oneLine(place.text)}>
          <code className={styles.quoted}>{oneLine(place.text)}</code>
          <StandingLines standing={standing} all />
        </section>
      ))}
    </Dialog>
  );
}

/** What holds an offset; else what begins on its line. */
function standingsAt(placed: readonly PlacedStanding[], text: string, offset: number): readonly PlacedStanding[] {
  const around = placed.filter(({ range }) => range.start <= offset && offset <= range.end);
  if (around.length > 0) return around;
  const begin = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return placed.filter(({ range: { start } }) => begin <= start && (end === -1 || start <= end));
}
