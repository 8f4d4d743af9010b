import { configPath, viewFile } from "@hauberk/core/design";
import type { StartingDesign } from "@hauberk/core/gallery";
import { useMemo, useState } from "react";
import { PolicyText } from "../../panel/PolicyText.tsx";
import { shortName } from "../../store/index.ts";
import { classNames, Segments } from "../../ui/index.ts";
import styles from "./Preview.module.css";
import { Shortfalls } from "./Shortfalls.tsx";

interface PreviewProps {
  readonly design: StartingDesign;
  /** The answers are wrong just now: this is what the last right ones gave. */
  readonly stale: boolean;
}

type Side = "text" | "words" | "lacks";

/** What would be written: the files, the same in words, and what AppArmor can't do for it. */
export function Preview({ design, stale }: PreviewProps) {
  const [side, setSide] = useState<Side>("text");
  const files = design.files.filter(({ path }) => path !== configPath);
  const [chosen, setChosen] = useState(0);
  const view = useMemo(() => {
    const policy = design.files.filter(({ path }) => path !== configPath);
    const file = policy[chosen] ?? policy[0];
    return file === undefined ? null : viewFile(file.path, file.text);
  }, [design, chosen]);
  return (
    <section className={classNames(styles.preview, side === "lacks" && styles.whole)} aria-label="Preview">
      <div className={styles.head}>
        <Segments<Side>
          label="What is shown"
          value={side}
          options={[
            { value: "text", label: "Text" },
            { value: "words", label: "In words" },
            { value: "lacks", label: "What AppArmor can’t do" },
          ]}
          onChange={setSide}
        />
        {stale && <p className={styles.stale}>As it was before the last answer.</p>}
      </div>
      {side === "lacks" ? (
        <div className={styles.lacks}>
          <Shortfalls shortfalls={design.shortfalls} peers={[]} />
        </div>
      ) : (
        <>
          {files.length > 1 && (
            <div className={styles.files} role="group" aria-label="Files">
              {files.map(({ path }, index) => (
                <button
                  key={path}
                  type="button"
                  className={classNames(styles.file, index === chosen && styles.current)}
                  aria-pressed={index === chosen}
                  onClick={() => setChosen(index)}
                >
                  {shortName(path)}
                </button>
              ))}
            </div>
          )}
          <div className={styles.text}>
            {view !== null && (
              <PolicyText
                key={view.path}
                view={view}
                label={`Text of ${shortName(view.path)}`}
                sentences={side === "words"}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
}
