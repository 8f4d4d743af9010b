import { useCallback, useEffect, useState } from "react";
import { type DesignAbout, library } from "../../persistence/index.ts";
import { useDesign } from "../../store/index.ts";
import { Badge, Button, IconButton } from "../../ui/index.ts";
import styles from "./DesignList.module.css";

interface DesignListProps {
  readonly onOpen: (id: string) => void;
  /** Told once the list is known: how many designs there are. */
  readonly onCount?: (count: number) => void;
}

/** The designs kept in this browser, the latest first. Removing one asks once more, for it can't be undone. */
export function DesignList({ onOpen, onCount }: DesignListProps) {
  const [designs, setDesigns] = useState<readonly DesignAbout[] | null>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  const openId = useDesign((state) => state.id);
  const refresh = useCallback(() => {
    library.list().then(
      (list) => {
        setDesigns(list);
        onCount?.(list.length);
      },
      () => setDesigns([]),
    );
  }, [onCount]);
  useEffect(refresh, [refresh]);
  if (designs === null) return null;
  if (designs.length === 0) return <p>No design is kept in this browser yet.</p>;
  return (
    <ul className={styles.list} aria-label="Designs in this browser">
      {designs.map((design) => (
        <li key={design.id} className={styles.row}>
          <button type="button" className={styles.open} onClick={() => onOpen(design.id)}>
            <span className={styles.name}>{design.name === "" ? "(no name)" : design.name}</span>
            {design.id === openId && <Badge tone="accent">open</Badge>}
            <span className={styles.about}>
              {design.files === 1 ? "1 file" : `${design.files} files`} · {when(design.changed)}
            </span>
          </button>
          {doomed === design.id ? (
            <>
              <Button
                size="s"
                variant="danger"
                autoFocus
                onClick={() => {
                  setDoomed(null);
                  void library.remove(design.id).then(refresh);
                }}
              >
                Remove for good
              </Button>
              <Button size="s" onClick={() => setDoomed(null)}>
                Keep
              </Button>
            </>
          ) : (
            design.id !== openId && (
              <IconButton size="s" icon="trash" label={`Remove ${design.name}`} onClick={() => setDoomed(design.id)} />
            )
          )}
        </li>
      ))}
    </ul>
  );
}

function when(milliseconds: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(milliseconds);
}
