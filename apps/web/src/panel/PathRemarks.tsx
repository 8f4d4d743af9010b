import { Icon, WithCode } from "../ui/index.ts";
import { InsteadList } from "./InsteadList.tsx";
import type { PathCheck } from "./path-check.ts";
import styles from "./PathRemarks.module.css";

interface PathRemarksProps {
  readonly check: PathCheck;
  /** Takes one of the paths that work instead. */
  readonly onPick: (path: string) => void;
}

/** What is wrong with a path that is being typed and what works instead, or what it means beyond its letters. */
export function PathRemarks({ check, onPick }: PathRemarksProps) {
  if (check.ok) {
    return (
      <div aria-live="polite">
        {check.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            <Icon name="info" size={14} />
            <span>
              <WithCode text={warning} />
            </span>
          </p>
        ))}
      </div>
    );
  }
  return (
    <div aria-live="polite">
      <p className={styles.reason}>
        <Icon name="alert" size={14} />
        <span>
          <WithCode text={check.reason} />
        </span>
      </p>
      <InsteadList
        label="What works instead"
        items={check.instead.map(({ path, why, owner }) => ({
          text: path,
          words: owner ? `${why}; tick owner with it` : why,
        }))}
        onPick={onPick}
      />
    </div>
  );
}
