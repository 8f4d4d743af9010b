import { noQualifiers, type RlimitRuleValue, unreadParts } from "@hauberk/core/rules";
import { sayRule } from "@hauberk/core/words";
import { useEffect, useId, useRef, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { markOf } from "../../panel/rule-pick.ts";
import { StandingNote } from "../../panel/StandingNote.tsx";
import { LimitControl, limitWords, type RuleEdits } from "../../panel/rule-form/index.ts";
import type { Refused, Shown } from "../../panel/use-edit.ts";
import { Button, IconButton, WithCode } from "../../ui/index.ts";
import { type LimitRow, limitRows, type SetLimit } from "./limits-model.ts";
import styles from "./SystemPanel.module.css";

interface LimitsTableProps {
  readonly shown: Shown;
  readonly edits: RuleEdits;
}

/** Every limit that there is: what it is about, and its value where the profile sets it. */
export function LimitsTable({ shown, edits }: LimitsTableProps) {
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [all, setAll] = useState(false);
  const id = useId();
  const rows = limitRows(shown.file, shown.profile);
  const set = rows.filter((row) => row.set !== null);
  const usual = new Set(["nofile", "nproc", "as", "cpu", "core"]);
  const listed = all ? rows : rows.filter(({ limit, set: here }) => here !== null || usual.has(limit.name));
  return (
    <>
      <RefusalNote reason={refusal?.reason ?? null} onDismiss={() => setRefusal(null)} />
      <table className={styles.limits} id={id}>
        <caption className="visually-hidden">Limits, {set.length} set</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">At most</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((row) => (
            <Row key={row.limit.name} row={row} shown={shown} edits={edits} onRefuse={setRefusal} />
          ))}
        </tbody>
      </table>
      <Button
        size="s"
        variant="quiet"
        icon={all ? "chevronDown" : "chevronRight"}
        aria-expanded={all}
        aria-controls={id}
        onClick={() => setAll(!all)}
      >
        {all ? "Only the usual limits and those set" : `${rows.length - listed.length} more limits`}
      </Button>
    </>
  );
}

interface RowProps extends LimitsTableProps {
  readonly row: LimitRow;
  readonly onRefuse: (refused: Refused | null) => void;
}

function Row({ row, shown, edits, onRefuse }: RowProps) {
  const { limit, set } = row;
  const cell = useRef<HTMLTableCellElement>(null);
  useKeptFocus(cell, set !== null);
  return (
    <tr {...(set === null ? {} : markOf(set.placed))}>
      <th scope="row">
        <code>{limit.name}</code>
        <span className={styles.limitWords}>
          <WithCode text={limit.sentence} />
        </span>
      </th>
      <td ref={cell}>
        {set === null ? (
          <Button
            size="s"
            icon="add"
            aria-label={`Set to ${limit.example}: ${limit.name}`}
            onClick={() => onRefuse(edits.add(limitRule(limit.name, limit.example)))}
          >
            Set to {limit.example}
          </Button>
        ) : (
          <SetCell limit={limit.name} set={set} shown={shown} edits={edits} onRefuse={onRefuse} />
        )}
      </td>
    </tr>
  );
}

/** What is set, or set no more, draws other controls: the keys go to the first of them if they were in the cell. */
function useKeptFocus(cell: { readonly current: HTMLElement | null }, isSet: boolean): void {
  const inside = useRef(false);
  useEffect(() => {
    const element = cell.current;
    const heed = () => {
      inside.current = true;
    };
    const forget = (event: FocusEvent) => {
      // A control that is taken away leaves without naming where the keys go.
      if (event.relatedTarget !== null) inside.current = false;
    };
    element?.addEventListener("focusin", heed);
    element?.addEventListener("focusout", forget);
    return () => {
      element?.removeEventListener("focusin", heed);
      element?.removeEventListener("focusout", forget);
    };
  }, [cell]);
  const before = useRef(isSet);
  useEffect(() => {
    if (before.current === isSet) return;
    before.current = isSet;
    if (inside.current && (document.activeElement === null || document.activeElement === document.body)) {
      cell.current?.querySelector<HTMLElement>("input, button")?.focus();
    }
  }, [isSet, cell]);
}

function limitRule(resource: string, value: string): RlimitRuleValue {
  return { kind: "rlimit", qualifiers: noQualifiers, resource, value };
}

interface SetCellProps extends LimitsTableProps {
  readonly limit: string;
  readonly set: SetLimit;
  readonly onRefuse: (refused: Refused | null) => void;
}

function SetCell({ limit, set, shown, edits, onRefuse }: SetCellProps) {
  const { file } = shown;
  const { value, placed, ref, line, start, end } = set;
  const { trap } = limitWords(limit, value.value);
  return (
    <div className={styles.setLimit}>
      <div className={styles.setControls}>
        {unreadParts(file.tree, placed.rule).length > 0 ? (
          <code>{ref.text}</code>
        ) : (
          <LimitControl
            row
            field={{
              control: "limit",
              id: "value",
              label: `${limit}, at most`,
              resource: limit,
              value: value.value,
              change: (text) => ({ ...value, value: text }),
            }}
            onChange={(text) => onRefuse(edits.change(ref, { ...value, value: text }))}
          />
        )}
        <span className={styles.setEnd}>
          <LineLink path={file.path} line={line} start={start} end={end} of={`the limit ${limit}`} />
          <IconButton
            label={`Remove the limit ${limit}`}
            icon="trash"
            size="s"
            onClick={() => onRefuse(edits.remove(ref))}
          />
        </span>
      </div>
      <p className={styles.limitSentence}>
        <WithCode text={sayRule(file.tree, placed).sentence} />
      </p>
      <StandingNote file={file} range={placed.rule.node} />
      {trap !== null && (
        <p className={styles.trap}>
          <WithCode text={trap} />
        </p>
      )}
    </div>
  );
}
