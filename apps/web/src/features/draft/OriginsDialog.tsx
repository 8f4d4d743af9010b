import { originsOf } from "@hauberk/core/draft";
import { LineIndex } from "@hauberk/core/text";
import { useMemo } from "react";
import { designStore, useDesign, useWorkbench } from "../../store/index.ts";
import { Dialog, EmptyState, VirtualRows } from "../../ui/index.ts";
import styles from "./DraftDialog.module.css";

/** Where the lines of the file at hand came from: what the comments over them say. A line is chosen to go there. */
export function OriginsDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const path = useDesign((state) => state.activePath);
  const text = useDesign((state) => (path === null ? undefined : state.texts.get(path))) ?? "";
  const origins = useMemo(() => originsOf(path ?? "", text), [path, text]);
  const goTo = (line: number) => {
    if (path === null) return;
    const start = new LineIndex(text).offsetAt({ line, column: 1 });
    const end = text.indexOf("\n", start);
    close();
    designStore.getState().select({ path, range: { start, end: end === -1 ? text.length : end } }, "panel");
  };
  return (
    <Dialog
      open
      onClose={close}
      width={760}
      title="Where each line came from"
      description="What the comment over a line says. A draft writes one over each; your own count as well."
    >
      {origins.length === 0 ? (
        <EmptyState title="No line of this file has a comment over it" />
      ) : (
        <VirtualRows
          label="Lines and where they came from"
          count={origins.length}
          rowHeight={46}
          measure
          className={styles.lines}
          rowKey={(index) => origins[index]?.line ?? index}
          renderRow={(index) => {
            const origin = origins[index];
            if (origin === undefined) return null;
            return (
              <div role="listitem">
                <button type="button" className={styles.origin} onClick={() => goTo(origin.line)}>
                  <code className={styles.text}>{origin.text}</code>
                  <span className={styles.reasons}>{origin.words}</span>
                </button>
              </div>
            );
          }}
        />
      )}
    </Dialog>
  );
}
