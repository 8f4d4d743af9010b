import { designStore } from "../store/index.ts";
import styles from "./panel.module.css";

interface LineLinkProps {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end?: number;
  /** What stands there, for screen readers. */
  readonly of: string;
}

/** "line 12": selects the place in the text. */
export function LineLink({ path, line, start, end = start, of }: LineLinkProps) {
  return (
    <button
      type="button"
      className={styles.lineLink}
      aria-label={`Show ${of} in the text, line ${line}`}
      onClick={() => designStore.getState().select({ path, range: { start, end } }, "panel")}
    >
      line {line}
    </button>
  );
}
