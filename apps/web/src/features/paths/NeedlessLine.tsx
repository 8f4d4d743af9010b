import { memo } from "react";

import { Button, Icon } from "../../ui/index.ts";
import styles from "./PathsPanel.module.css";
import type { Needless } from "./use-needless.ts";

interface NeedlessLineProps {
  readonly needless: Needless;
  /** The table shows only these already. */
  readonly shown: boolean;
  readonly onShow: (only: boolean) => void;
  readonly onRemove: (numbers: readonly number[]) => boolean;
}

function Line({ needless: { byRule, removable }, shown, onShow, onRemove }: NeedlessLineProps) {
  if (byRule.size === 0 && !shown) return null;
  const joint = [...byRule.values()].filter(({ kind }) => kind === "overlaps").length;
  const dead = byRule.size - removable.length - joint;
  const words = [
    removable.length === 0
      ? null
      : removable.length === 1
        ? "1 rule is needless: the policy is the same without it"
        : `${removable.length} rules are needless: the policy is the same without them`,
    dead === 0 ? null : dead === 1 ? "1 never holds beside a deny" : `${dead} never hold beside a deny`,
    joint === 0 ? null : `${joint} could be joined with another on the same path`,
  ].filter((each) => each !== null);
  return (
    <div className={styles.needless}>
      <Icon name="info" size={14} />
      <span role="status">{words.length === 0 ? "No rule is needless" : words.join("; ")}.</span>
      <Button size="s" onClick={() => onShow(!shown)}>
        {shown ? "Show all" : "Show them"}
      </Button>
      {removable.length > 0 && (
        <Button size="s" icon="trash" onClick={() => onRemove(removable)}>
          {removable.length === 1 ? "Remove it" : `Remove all ${removable.length}`}
        </Button>
      )}
    </div>
  );
}

/** Says that there are needless rules, and takes them away at once. */
export const NeedlessLine = memo(Line);
