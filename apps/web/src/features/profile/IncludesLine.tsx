import { memo } from "react";
import panel from "../../panel/panel.module.css";
import { workbenchStore } from "../../store/index.ts";
import { Button } from "../../ui/index.ts";
import styles from "./ProfilePanel.module.css";

interface IncludesLineProps {
  readonly includes: number;
  readonly variables: number;
}

/** How much the profile includes, and the way to the panel that changes it. */
export const IncludesLine = memo(function Line({ includes, variables }: IncludesLineProps) {
  return (
    <section className={panel.section} aria-label="Includes and variables">
      <div className={styles.item}>
        <span>
          {includes === 0 ? "Includes nothing" : `Includes ${includes} ${includes === 1 ? "file" : "files"}`}
          {variables > 0 && `; its file sets ${variables} ${variables === 1 ? "variable" : "variables"}`}
        </span>
        <span className={styles.grow} />
        <Button size="s" onClick={() => workbenchStore.getState().setPanel("includes")}>
          Includes & variables
        </Button>
      </div>
    </section>
  );
});
