import { capabilityConsequences } from "@hauberk/core/vocabulary";
import { memo, useState } from "react";

import panel from "../../panel/panel.module.css";
import { Button, DangerMark, WithCode } from "../../ui/index.ts";
import styles from "./Consequences.module.css";

/** How many are shown before the rest is asked for. */
const atFirst = 3;

/** What the allowed capabilities give away, alone and together; the most dangerous first. Nothing where they give nothing more. */
export const Consequences = memo(function Consequences({ allowed }: { readonly allowed: string }) {
  const [all, setAll] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const found = capabilityConsequences(allowed.split(" ").filter(Boolean));
  if (found.length === 0) return null;
  const shown = all ? found : found.slice(0, atFirst);
  return (
    <section className={panel.section} aria-label="What these give away">
      <div className={panel.heading}>
        <h3>What these give away</h3>
        <span className={panel.count}>{found.length}</span>
      </div>
      <ul className={styles.list}>
        {shown.map(({ id, capabilities, sentence, why, danger }) => (
          <li key={id} className={styles.item}>
            <DangerMark level={danger} />
            <div className={styles.words}>
              <p>
                <WithCode text={capabilities.map((name) => `\`${name}\``).join(" and ")} />:{" "}
                <WithCode text={sentence} />
              </p>
              {told === id && (
                <p className={styles.why}>
                  <WithCode text={why} />
                </p>
              )}
            </div>
            <Button
              size="s"
              variant="quiet"
              aria-expanded={told === id}
              aria-label={`Why: ${capabilities.join(" and ")}`}
              onClick={() => setTold(told === id ? null : id)}
            >
              Why
            </Button>
          </li>
        ))}
      </ul>
      {found.length > atFirst && (
        <Button size="s" variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${found.length}`}
        </Button>
      )}
    </section>
  );
});
