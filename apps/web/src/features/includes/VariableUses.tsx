import { lineOf } from "../../panel/rule-place.ts";
import { designStore, workbenchStore } from "../../store/index.ts";
import { Popover } from "../../ui/index.ts";
import styles from "./IncludesPanel.module.css";
import type { UsePlace } from "./variables-model.ts";

/** More places than anybody looks through one by one. */
const mostShown = 60;

/** How often a variable is used, and the ways to each place. */
export function VariableUses({ name, places }: { readonly name: string; readonly places: readonly UsePlace[] }) {
  const count = places.reduce((sum, { ranges }) => sum + ranges.length, 0);
  if (count === 0) return <span className={styles.place}>unused</span>;
  const listed = places.flatMap((place) => place.ranges.map((range) => ({ ...place, range }))).slice(0, mostShown);
  return (
    <Popover
      label={`Uses of ${name}`}
      align="end"
      trigger={
        <button type="button" className={styles.link}>
          {count} {count === 1 ? "use" : "uses"}
        </button>
      }
    >
      <ul className={styles.uses}>
        {listed.map(({ path, origin, view, range }) => {
          const line = lineOf(view.tree, range.start);
          const go = () => {
            if (origin === "design") designStore.getState().select({ path, range }, "panel");
            else workbenchStore.getState().openDialog({ kind: "policy-file", path, at: range.start });
          };
          return (
            <li key={`${path} ${range.start}`}>
              <button type="button" className={styles.link} onClick={go}>
                {path.replace(/^apparmor\.d\//, "")}, line {line}
              </button>
              {origin === "target" && <span className={styles.place}>on the target</span>}
            </li>
          );
        })}
        {count > mostShown && <li className={styles.place}>and {count - mostShown} more</li>}
      </ul>
    </Popover>
  );
}
