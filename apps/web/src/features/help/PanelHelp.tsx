import { useId, useState } from "react";
import { type PanelId, workbenchStore } from "../../store/index.ts";
import { Button, WithCode } from "../../ui/index.ts";
import styles from "./PanelHelp.module.css";
import { panelTopics } from "./topics.ts";

/** What the panel below is for, in a line; on request what there is to know of it. */
export function PanelHelp({ panel }: { readonly panel: PanelId }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { lead, paragraphs, manual, title } = panelTopics[panel];
  return (
    <section className={styles.help} aria-label={`About ${title}`}>
      <h2 className="visually-hidden">{title}</h2>
      <div className={styles.line}>
        <p className={styles.lead}>{lead}</p>
        <Button
          size="s"
          variant="quiet"
          icon={open ? "chevronDown" : "chevronRight"}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          What is this?
        </Button>
      </div>
      <div id={id} className={styles.words} hidden={!open}>
        {open && (
          <>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>
                <WithCode text={paragraph} />
              </p>
            ))}
            <p className={styles.foot}>
              {manual !== null && <span>The manual: {manual}.</span>}
              <Button
                size="s"
                variant="quiet"
                onClick={() => workbenchStore.getState().openDialog({ kind: "help", topic: panel })}
              >
                All help
              </Button>
            </p>
          </>
        )}
      </div>
    </section>
  );
}
