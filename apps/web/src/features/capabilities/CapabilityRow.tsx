import type { Capability } from "@hauberk/core/vocabulary";
import { memo, useId, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import { ShownStandingNote } from "../../panel/StandingNote.tsx";
import { ruleMark } from "../../panel/rule-pick.ts";
import { shownNow } from "../../panel/use-edit.ts";
import { classNames, DangerMark, Icon, Segments, Toggle, WithCode } from "../../ui/index.ts";
import { CapabilityDetail } from "./CapabilityDetail.tsx";
import { type CapabilityAccess, type CapabilityState, sourceWords, stateWords } from "./capabilities-model.ts";
import { CapabilityRules } from "./CapabilityRules.tsx";
import styles from "./CapabilitiesPanel.module.css";

interface CapabilityRowProps {
  readonly capability: Capability | null;
  readonly state: CapabilityState;
  readonly path: string;
  readonly onChange: (name: string, access: CapabilityAccess, audit: boolean) => void;
}

const choices = [
  { value: "none", label: "none", tone: "off" },
  { value: "allow", label: "allow" },
  { value: "deny", label: "deny", tone: "bad" },
] as const;

function Row({ capability, state, path, onChange }: CapabilityRowProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const words = stateWords(state);
  const { name, own, sources } = state;
  const [only] = sources;
  return (
    <>
      <tr
        className={classNames(styles.row, state.effective !== "none" && styles.ticked)}
        {...(sources.length === 1 && only?.alone === true ? ruleMark(only.index) : {})}
      >
        <th scope="row" className={styles.nameCell}>
          <button
            type="button"
            className={styles.name}
            aria-expanded={open}
            aria-describedby={`${id}-words`}
            onClick={() => setOpen(!open)}
          >
            <Icon name="chevronRight" size={12} />
            {name}
          </button>
        </th>
        <td className={styles.danger}>{capability !== null && <DangerMark level={capability.danger} />}</td>
        <td className={styles.access}>
          <Segments
            label={`Access of ${name}`}
            value={own}
            options={choices}
            onChange={(access) => onChange(name, access, state.audit)}
          />
        </td>
        <td className={styles.audit}>
          <Toggle
            label={`audit: log each use of ${name}`}
            pressed={state.audit}
            disabled={own === "none"}
            onChange={(audit) => onChange(name, own, audit)}
          >
            audit
          </Toggle>
        </td>
        <td className={styles.lines}>
          {state.sources.map((source) => (
            <LineLink
              key={source.index}
              path={path}
              line={source.line}
              start={source.start}
              now={() => shownNow()?.profile.rules[source.index]?.rule.node}
              of={`the rule on ${name}`}
            />
          ))}
        </td>
      </tr>
      <tr className={styles.more}>
        <td colSpan={5}>
          <p id={`${id}-words`}>
            <WithCode
              text={
                capability?.sentence ??
                "Not known to Hauberk; the parser of the target decides whether there is such a capability."
              }
            />
          </p>
          {words !== null && (
            <p className={styles.via}>
              <Icon name={state.effective === "deny" ? "cross" : "info"} size={14} />
              <span>
                <WithCode text={words} />
              </span>
            </p>
          )}
          {sourceWords(state).map((sentence) => (
            <p key={sentence} className={styles.via}>
              <Icon name="info" size={14} />
              <span>
                <WithCode text={sentence} />
              </span>
            </p>
          ))}
          {state.sources.map(({ index }) => (
            <ShownStandingNote key={index} find={({ profile }) => profile.rules[index]?.rule.node} />
          ))}
          {open && capability !== null && <CapabilityDetail capability={capability} />}
          {open && <CapabilityRules name={name} />}
        </td>
      </tr>
    </>
  );
}

function sameState(a: CapabilityState, b: CapabilityState): boolean {
  return (
    a.own === b.own &&
    a.effective === b.effective &&
    a.audit === b.audit &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, index) => {
      const other = b.sources[index];
      return (
        other !== undefined &&
        source.line === other.line &&
        source.index === other.index &&
        source.alone === other.alone &&
        source.marks.join() === other.marks.join()
      );
    })
  );
}

/** One capability: what it is, how dangerous, what the profile says of it. Drawn again only when that changes. */
export const CapabilityRow = memo(
  Row,
  (a, b) =>
    a.capability === b.capability &&
    a.path === b.path &&
    a.onChange === b.onChange &&
    a.state.name === b.state.name &&
    sameState(a.state, b.state),
);
