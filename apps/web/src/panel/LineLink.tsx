import type { TextRange } from "@hauberk/core/text";
import { designStore } from "../store/index.ts";
import styles from "./panel.module.css";

interface LineLinkProps {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end?: number;
  /** What stands there, for screen readers. */
  readonly of: string;
  /** Where it stands when it is clicked, for who does not draw again as the text before it grows. */
  readonly now?: () => TextRange | undefined;
}

/** "line 12": selects the place in the text. */
export function LineLink({ path, line, start, end = start, of, now }: LineLinkProps) {
  return (
    <button
      type="button"
      className={styles.lineLink}
      aria-label={`Show ${of.replaceAll("`", "")} in the text, line ${line}`}
      onClick={() => {
        const at = now?.() ?? { start, end };
        designStore.getState().select({ path, range: { start: at.start, end: at.end } }, "panel");
      }}
    >
      line {line}
    </button>
  );
}
