import { effectiveQualifiers, type FileView, type ProfileRule } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { sayRule } from "@hauberk/core/words";
import type { ReactNode } from "react";

import { Badge, DangerMark, IconButton, Menu, type MenuItem, WithCode } from "../../ui/index.ts";
import { LineLink } from "../LineLink.tsx";
import { markOf } from "../rule-pick.ts";
import { lineOf, ruleMarks } from "../rule-place.ts";
import { StandingNote } from "../StandingNote.tsx";
import { useVariableValues } from "../variable-values.ts";
import styles from "./rule-form.module.css";
import { oneLine } from "./rule-text.ts";

interface RuleRowProps {
  readonly file: FileView;
  readonly placed: ProfileRule;
  /** Where it stands when its line is clicked, where the row is not drawn again as the text before it grows. */
  readonly now?: () => TextRange | undefined;
  readonly onEdit?: () => void;
  readonly onRemove?: () => void;
  /** Further commands, behind a button of their own. */
  readonly menu?: readonly MenuItem[];
  /** Controls that change the rule at once: ticks of its permissions. */
  readonly inline?: ReactNode;
}

/** A rule in its place: what it says first, its text small, where it stands, and what can be done with it. */
export function RuleRow({ file, placed, now, onEdit, onRemove, menu = [], inline }: RuleRowProps) {
  const { rule } = placed;
  const { start, end } = rule.node;
  const text = oneLine(file.tree, rule.node);
  const { sentence, danger } = sayRule(file.tree, placed, useVariableValues(file));
  const name = `\`${text}\``;
  return (
    <div className={styles.row} {...markOf(placed)}>
      <div className={styles.rowWords}>
        <p className={styles.rowSentence}>
          <WithCode text={sentence} />
        </p>
        <div className={styles.rowText}>
          <code>{text}</code>
          {effectiveQualifiers(file.tree, placed).access === "deny" && <Badge tone="bad">deny</Badge>}
          {danger !== null && <DangerMark level={danger} />}
          <LineLink
            path={file.path}
            line={lineOf(file.tree, start)}
            start={start}
            end={end}
            of={name}
            {...(now === undefined ? {} : { now })}
          />
          {ruleMarks(file.tree, placed).map(({ words }) => (
            <span key={words} className={styles.place}>
              <WithCode text={words} />
            </span>
          ))}
        </div>
        <StandingNote file={file} range={rule.node} />
        {inline}
      </div>
      <div className={styles.rowButtons}>
        {onEdit !== undefined && <IconButton label={`Edit ${text}`} icon="edit" size="s" data-edit onClick={onEdit} />}
        {onRemove !== undefined && (
          <IconButton label={`Remove ${text}`} icon="trash" size="s" data-remove onClick={onRemove} />
        )}
        {menu.length > 0 && (
          <Menu align="end" trigger={<IconButton label={`More for ${text}`} icon="kebab" size="s" />} items={menu} />
        )}
      </div>
    </div>
  );
}
