import { networkCellWords, networkDomains } from "@hauberk/core/vocabulary";

import { LineLink } from "../../panel/LineLink.tsx";
import { ShownStandingNote } from "../../panel/StandingNote.tsx";
import { DangerMark, Segments, Toggle, WithCode } from "../../ui/index.ts";
import { CellRules } from "./CellRules.tsx";
import { type CellAccess, inheritedWords, type NetworkCell, ownWords, ruleOrIncludeAt } from "./network-model.ts";
import type { CellName } from "./NetworkGrid.tsx";
import styles from "./NetworkPanel.module.css";

interface CellDetailProps {
  readonly cell: NetworkCell | null;
  readonly path: string;
  readonly onChange: (name: CellName, access: CellAccess, audit: boolean) => void;
}

const choices = [
  { value: "none", label: "none", tone: "off" },
  { value: "allow", label: "allow" },
  { value: "deny", label: "deny", tone: "bad" },
] as const;

/** The chosen cell in words: what it allows, what it does not restrict, and which rules reach it. */
export function CellDetail({ cell, path, onChange }: CellDetailProps) {
  if (cell === null) {
    return (
      <div className={styles.detail}>
        <p className={styles.hint}>
          Choose a cell to read what it allows and what it does not restrict. Arrow keys move, Space ticks, D denies.
        </p>
      </div>
    );
  }
  const words = networkCellWords(cell.domain, cell.type);
  const family = networkDomains.find(({ name: each }) => each === cell.domain);
  const inherited = inheritedWords(cell);
  // The cell's own rules tell theirs in their rows below.
  const further = cell.sources.filter(({ reach }) => reach !== "exact");
  const name = cell.type === null ? cell.domain : `${cell.domain} ${cell.type}`;
  return (
    <fieldset className={styles.detail} aria-label={`About ${name}`}>
      <div className={styles.detailHead}>
        <code>{name}</code>
        <Segments
          label={`Access of ${name}`}
          value={cell.own}
          options={choices}
          onChange={(access) => onChange(cell, access, cell.audit)}
        />
        <Toggle
          label={`audit: log each use of ${name}`}
          pressed={cell.audit}
          disabled={cell.own === "none"}
          onChange={(audit) => onChange(cell, cell.own, audit)}
        >
          audit
        </Toggle>
        <DangerMark level={words.danger} />
        <span className={styles.lines}>
          {cell.sources.map((source) => (
            <LineLink
              key={`${source.start} ${source.reach}`}
              path={path}
              line={source.line}
              start={source.start}
              of={`\`${source.text}\``}
            />
          ))}
        </span>
      </div>
      {inherited !== null && (
        <p className={styles.hint}>
          Already <WithCode text={inherited.replace(/^already /, "")} />.
        </p>
      )}
      {ownWords(cell).map((sentence) => (
        <p key={sentence} className={styles.hint}>
          <WithCode text={sentence} />
        </p>
      ))}
      {further.map(({ start }) => (
        <ShownStandingNote key={start} find={({ profile }) => ruleOrIncludeAt(profile, start)} />
      ))}
      <dl className={styles.words}>
        {family !== undefined && (
          <>
            <dt>Family</dt>
            <dd>
              <WithCode text={family.sentence} />
            </dd>
          </>
        )}
        <dt>Allows</dt>
        <dd>
          <WithCode text={words.allows} />
        </dd>
        <dt>Leaves open</dt>
        <dd>
          <WithCode text={words.doesNotRestrict} />
        </dd>
      </dl>
      <CellRules cell={cell} />
    </fieldset>
  );
}
