import { useState } from "react";
import { designStore, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, SearchField } from "../../ui/index.ts";
import { keySections, type KeySection } from "./key-sections.ts";
import styles from "./KeysDialog.module.css";

/** Every key of the designer by the part of the page where it holds. */
export function KeysDialog() {
  const close = useWorkbench((state) => state.closeDialog);
  const [query, setQuery] = useState("");
  const [sections] = useState(() => keySections(designStore.getState()));
  const words = query.trim().toLowerCase();
  const shown = sections
    .map((section) => ({ ...section, rows: section.rows.filter((row) => holds(row, words)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <Dialog
      open
      onClose={close}
      title="Keys"
      width={880}
      description="Everything works without a pointer."
      footer={<Button onClick={close}>Close</Button>}
    >
      <SearchField label="Search keys" autoFocus value={query} onChange={setQuery} />
      <div className={styles.columns}>
        {shown.map((section) => (
          <Section key={section.title} section={section} />
        ))}
        {shown.length === 0 && <p>No key fits.</p>}
      </div>
    </Dialog>
  );
}

function holds({ does, keys }: KeySection["rows"][number], words: string): boolean {
  return words === "" || `${does} ${keys.join(" ")}`.toLowerCase().includes(words);
}

function Section({ section }: { readonly section: KeySection }) {
  return (
    <section className={styles.section}>
      <h3>{section.title}</h3>
      <dl>
        {section.rows.map(({ does, keys }) => (
          <div key={does} className={styles.row}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
