import type { Lowering } from "@hauberk/core/lowering";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { verdictsQuery } from "../../api-client/index.ts";
import { useDesign } from "../../store/index.ts";
import { Icon, WithCode } from "../../ui/index.ts";
import { loweredSubject } from "./lowering-model.ts";
import styles from "./LoweringDialog.module.css";

/** What the target's own parser says of the text that ships there. */
export function LoweredVerdict({ label, lowering }: { readonly label: string; readonly lowering: Lowering }) {
  const client = useQueryClient();
  const name = useDesign((state) => state.name);
  const subject = useMemo(() => loweredSubject(name, lowering), [name, lowering]);
  const { data, error, isPlaceholderData } = useQuery(verdictsQuery(client, subject));
  const verdict = isPlaceholderData ? undefined : data?.[lowering.target];
  if (verdict === undefined) {
    return (
      <p role="status" className={styles.verdict}>
        {error === null ? "The parser reads what ships." : `What ships was not judged: ${error.message}.`}
      </p>
    );
  }
  const yes = verdict.verdict === "accepted";
  return (
    <p role="status" className={styles.verdict}>
      <span className={yes ? styles.good : styles.warn}>
        <Icon name={yes ? "check" : "half"} size={14} />
      </span>
      <span>
        {yes ? (
          `The parser of ${label} (${verdict.parser ?? "?"}) accepts what ships.`
        ) : (
          <WithCode text={`What ships is ${verdict.verdict}: ${verdict.summary}`} />
        )}
      </span>
    </p>
  );
}
