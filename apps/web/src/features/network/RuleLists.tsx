import { removeRule } from "@hauberk/core/edit";
import { networkCellWords } from "@hauberk/core/vocabulary";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import type { Editing } from "../../panel/use-edit.ts";
import { Badge, Icon, IconButton, WithCode } from "../../ui/index.ts";
import { type CellSource, type FineRule, reachWords } from "./network-model.ts";
import styles from "./NetworkPanel.module.css";

interface RuleListProps {
  readonly path: string;
  readonly edit: Editing["edit"];
}

function removeAt(edit: Editing["edit"], start: number): void {
  edit("rules", ({ file, profile }) => {
    const placed = profile.rules.find(({ rule }) => rule.node.start === start);
    return placed === undefined
      ? { ok: false, reason: "The rule is not there any more." }
      : removeRule(file, placed.rule);
  });
}

/** Rules over whole families or types, which many cells inherit. */
export function WideRules({ rules, path, edit }: RuleListProps & { readonly rules: readonly CellSource[] }) {
  if (rules.length === 0) return null;
  return (
    <section className={panel.section} aria-label="Wide rules">
      <div className={panel.heading}>
        <h3>Rules over more than one cell</h3>
        <span className={panel.count}>{rules.length}</span>
      </div>
      <ul className={styles.rules}>
        {rules.map((rule) => {
          const { domain, type } = reachWords(rule);
          const words = networkCellWords(domain, type);
          return (
            <li key={`${rule.start} ${rule.text}`}>
              <div className={styles.ruleLine}>
                <code>{rule.text}</code>
                {rule.access === "deny" && <Badge tone="bad">deny</Badge>}
                <LineLink path={path} line={rule.line} start={rule.start} of={`\`${rule.text}\``} />
                {rule.reach !== "include" && (
                  <IconButton
                    label={`Remove ${rule.text}`}
                    icon="trash"
                    size="s"
                    onClick={() => removeAt(edit, rule.start)}
                  />
                )}
              </div>
              <p className={styles.hint}>
                {rule.access === "deny" ? "Closes, against every allow: " : ""}
                <WithCode text={words.allows} />
                {rule.access === "allow" && (
                  <>
                    {" "}
                    <WithCode text={words.doesNotRestrict} />
                  </>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Rules with permissions, addresses or the like, with what becomes of them. */
export function FineRules({ rules, path, edit }: RuleListProps & { readonly rules: readonly FineRule[] }) {
  if (rules.length === 0) return null;
  return (
    <section className={panel.section} aria-label="Fine rules">
      <div className={panel.heading}>
        <h3>Rules with operations or addresses</h3>
        <span className={panel.count}>{rules.length}</span>
      </div>
      <ul className={styles.rules}>
        {rules.map((rule) => (
          <li key={rule.start}>
            <div className={styles.ruleLine}>
              <code>{rule.text}</code>
              {rule.widened && <Badge tone="warn">widened</Badge>}
              <LineLink path={path} line={rule.line} start={rule.start} end={rule.end} of={`\`${rule.text}\``} />
              <IconButton
                label={`Remove ${rule.text}`}
                icon="trash"
                size="s"
                onClick={() => removeAt(edit, rule.start)}
              />
            </div>
            <p className={rule.widened ? styles.widened : styles.hint}>
              {rule.widened && <Icon name="alert" size={14} />}
              <span>
                <WithCode text={rule.words} />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
