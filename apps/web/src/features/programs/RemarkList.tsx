import type { ExecMode } from "@hauberk/core/rules";

import type { ExecRemark } from "../../panel/exec-words.ts";
import { Button, Icon, WithCode } from "../../ui/index.ts";
import styles from "./ProgramsPanel.module.css";

/** What will go wrong with an exec choice, each with the mode that works instead. */
export function RemarkList({
  remarks,
  onInstead,
}: {
  readonly remarks: readonly ExecRemark[];
  readonly onInstead: (mode: ExecMode) => void;
}) {
  return (
    <div aria-live="polite">
      {remarks.map(({ tone, words, instead }) => (
        <p key={words} className={styles[tone]}>
          <Icon name={tone === "info" ? "info" : "alert"} size={14} />
          <span>
            <WithCode text={words} />
          </span>
          {instead !== null && (
            <Button size="s" onClick={() => onInstead(instead)}>
              Use {instead}
            </Button>
          )}
        </p>
      ))}
    </div>
  );
}
