import { useState } from "react";
import { createPortal } from "react-dom";
import { useWorkbench } from "../../store/index.ts";
import { Button, Checkbox, Dialog } from "../../ui/index.ts";
import styles from "./PrintDialog.module.css";
import { PrintSheet, type PrintParts, type PrintVerdict } from "./PrintSheet.tsx";

/** What goes on paper: chosen, looked at, and handed to the browser's printing. */
export function PrintDialog({ verdicts }: { readonly verdicts: readonly PrintVerdict[] }) {
  const close = useWorkbench((state) => state.closeDialog);
  const [parts, setParts] = useState<PrintParts>({ verdicts: true, standing: true, words: true, text: true });
  const choose = (part: keyof PrintParts) => (on: boolean) => setParts({ ...parts, [part]: on });
  return (
    <Dialog
      open
      onClose={close}
      title="Print"
      width={1000}
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" disabled={!Object.values(parts).includes(true)} onClick={() => globalThis.print()}>
            Print
          </Button>
        </>
      }
    >
      <fieldset className={styles.parts} aria-label="What is printed">
        <Checkbox label="Verdicts" checked={parts.verdicts} onChange={choose("verdicts")} />
        <Checkbox label="Standing" checked={parts.standing} onChange={choose("standing")} />
        <Checkbox label="In words" checked={parts.words} onChange={choose("words")} />
        <Checkbox label="Text with line numbers" checked={parts.text} onChange={choose("text")} />
      </fieldset>
      <section className={styles.preview} aria-label="Preview">
        <PrintSheet parts={parts} verdicts={verdicts} />
      </section>
      {createPortal(
        <div className="print-sheet" aria-hidden="true">
          <PrintSheet parts={parts} verdicts={verdicts} />
        </div>,
        document.body,
      )}
    </Dialog>
  );
}
