import { Dialog as Base } from "@base-ui/react/dialog";
import { type CSSProperties, type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "./Button.tsx";
import styles from "./Dialog.module.css";
import { ReturnFocus } from "./ReturnFocus.tsx";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Buttons, the main one last; a `type="submit"` button calls `onSubmit`. */
  readonly footer?: ReactNode;
  readonly onSubmit?: () => void;
  /** In pixels; 520 unless told. */
  readonly width?: number;
}

/** A task of its own over the workbench. Escape and the cross close it; focus returns to where it came from. */
export function Dialog({ open, onClose, title, description, children, footer, onSubmit, width = 520 }: DialogProps) {
  const [before] = useState(() => document.activeElement);
  const size: CSSProperties & { "--dialog-width": string } = { "--dialog-width": `${width}px` };
  const content = (
    <>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <div className={styles.foot}>{footer}</div>}
    </>
  );
  return (
    <>
      <ReturnFocus />
      <Base.Root
        open={open}
        onOpenChange={(next) => {
          if (!next) onClose();
        }}
      >
        <Base.Portal>
          <Base.Backdrop className={styles.backdrop ?? ""} />
          <Base.Popup
            className={styles.popup ?? ""}
            style={size}
            // Where a field within takes the keys at once, the dialog itself no longer sees who had them before.
            finalFocus={() => (before instanceof HTMLElement && before.isConnected ? before : true)}
          >
            <div className={styles.head}>
              <div className={styles.titles}>
                <Base.Title className={styles.title ?? ""}>{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className={styles.description ?? ""}>{description}</Base.Description>
                )}
              </div>
              {/* Without a tooltip: one that opens with the focus would take the first Escape for itself. */}
              <Button variant="quiet" icon="close" aria-label="Close" className={styles.close} onClick={onClose} />
            </div>
            {onSubmit === undefined ? (
              content
            ) : (
              <form
                style={{ display: "contents" }}
                onSubmit={(event: SubmitEvent) => {
                  event.preventDefault();
                  onSubmit();
                }}
              >
                {content}
              </form>
            )}
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </>
  );
}
