import { useEffect, useState } from "react";
import { undo } from "../actions/index.ts";
import { designStore, type Notice, useDesign } from "../store/index.ts";
import { Button, classNames, IconButton, WithCode } from "../ui/index.ts";
import styles from "./Notices.module.css";

/** Milliseconds that a notice stays; what went wrong stays until it is put away. */
const stay = 9000;

/** Remarks that pass, at the lower right. */
export function Notices() {
  const notices = useDesign((state) => state.notices);
  return (
    <div className={styles.stack} role="log" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeRow({ notice }: { readonly notice: Notice }) {
  const { id, tone, text, undoable } = notice;
  const [held, setHeld] = useState(false);
  const revision = useDesign((state) => state.revision);
  const [made] = useState(revision);
  useEffect(() => {
    if (tone === "bad" || held) return undefined;
    const timer = setTimeout(() => designStore.getState().dismiss(id), stay);
    return () => clearTimeout(timer);
  }, [id, tone, held]);
  return (
    <div
      className={classNames(styles.notice, tone !== "info" && styles[tone])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span className={styles.words}>
        <WithCode text={text} />
      </span>
      {undoable && revision === made && (
        <Button
          size="s"
          onClick={() => {
            undo.perform();
            designStore.getState().dismiss(id);
          }}
        >
          Undo
        </Button>
      )}
      <IconButton
        size="s"
        icon="close"
        label="Put this notice away"
        onClick={() => designStore.getState().dismiss(id)}
      />
    </div>
  );
}
