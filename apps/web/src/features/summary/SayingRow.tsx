import type { FileView } from "@hauberk/core/design";
import type { Saying } from "@hauberk/core/words";
import { memo, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import { lineOf } from "../../panel/rule-place.ts";
import { DangerMark, WithCode } from "../../ui/index.ts";
import { SayingStanding } from "./SayingStanding.tsx";
import styles from "./SummaryPanel.module.css";

/** So many lines are linked at once. */
const firstLinks = 4;

interface SayingRowProps {
  readonly saying: Saying;
  readonly file: FileView;
}

function Row({ saying, file }: SayingRowProps) {
  const [all, setAll] = useState(false);
  const { sentence, danger, from } = saying;
  const shown = all ? from : from.slice(0, firstLinks);
  const more = from.length - shown.length;
  return (
    <li className={styles.saying}>
      <span className={styles.danger}>{danger !== null && <DangerMark level={danger} />}</span>
      <div className={styles.words}>
        <p>
          <WithCode text={sentence} />
          {shown.map(({ start, end }) => (
            <span key={start}>
              {" "}
              <LineLink path={file.path} line={lineOf(file.tree, start)} start={start} end={end} of="what says this" />
            </span>
          ))}
          {more > 0 && (
            <>
              {" "}
              <button type="button" className={styles.more} onClick={() => setAll(true)}>
                {more} more
              </button>
            </>
          )}
        </p>
        <SayingStanding file={file} from={from} />
      </div>
    </li>
  );
}

/** One sentence of the summary, how dangerous it is, and the lines that say it. */
export const SayingRow = memo(Row);
