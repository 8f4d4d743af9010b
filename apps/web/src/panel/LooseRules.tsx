import type { FileView } from "@hauberk/core/design";
import { removeRules } from "@hauberk/core/edit";
import { designStore, fileView, workbenchStore } from "../store/index.ts";
import { Button, VirtualRows } from "../ui/index.ts";
import styles from "./LooseRules.module.css";
import panel from "./panel.module.css";
import { RefusalNote } from "./RefusalNote.tsx";
import { RuleRow } from "./rule-form/RuleRow.tsx";
import { useEdit } from "./use-edit.ts";

/** The rules of a file that is a piece of profiles: an abstraction. They hold in whatever includes it. */
export function LooseRules({ file }: { readonly file: FileView }) {
  const { refusedAt, perform, forget } = useEdit();
  const rules = file.looseRules;
  const name = file.path.replace(/^apparmor\.d\//, "");
  const remove = (index: number) => {
    const now = fileView(designStore.getState().texts, file.path);
    const placed = now?.looseRules[index];
    if (now === null || placed === undefined) return;
    perform("loose", removeRules(now, [placed.rule]));
  };
  return (
    <section className={panel.panel} aria-label="Rules of this abstraction">
      <div className={panel.section}>
        <div className={panel.heading}>
          <h3>{name} is an abstraction</h3>
          <span className={panel.count}>
            {rules.length} {rules.length === 1 ? "rule" : "rules"}
          </span>
        </div>
        <p className={panel.small}>
          Its rules stand in no profile: they hold in every profile that includes it. New ones are written in the text,
          where completion offers what may stand; what it includes is ticked under Includes.
        </p>
        <div className={styles.ways}>
          <Button size="s" icon="includes" onClick={() => workbenchStore.getState().setPanel("includes")}>
            What it includes
          </Button>
        </div>
        <RefusalNote reason={refusedAt("loose")} onDismiss={forget} />
      </div>
      <VirtualRows
        label="Rules"
        className={panel.scroll}
        count={rules.length}
        rowHeight={52}
        rowKey={(index) => index}
        measure
        renderRow={(index) => {
          const placed = rules[index];
          if (placed === undefined) return null;
          return (
            <div role="listitem" className={styles.rule}>
              <RuleRow file={file} placed={placed} onRemove={() => remove(index)} />
            </div>
          );
        }}
      />
    </section>
  );
}

/** True for a file that holds rules and no profile. */
export function isAbstraction(file: FileView): boolean {
  return file.profiles.length === 0 && file.looseRules.length > 0;
}
