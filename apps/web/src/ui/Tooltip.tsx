import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import styles from "./Tooltip.module.css";

interface TooltipProps {
  readonly text: ReactNode;
  /** Keys that do the same. */
  readonly keys?: string | undefined;
  /** One focusable element. */
  readonly children: ReactElement;
}

/** A short remark on hover and focus. It repeats or explains; nothing may be known by it alone. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={500} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles.positioner ?? ""}>
          <Base.Popup className={styles.popup ?? ""}>
            {text}
            {keys !== undefined && <kbd className={styles.keys}>{keys}</kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
