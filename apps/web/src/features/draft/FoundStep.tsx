import type { ProgramCandidate } from "@hauberk/core/draft";
import { useEffect, useRef, useState } from "react";
import { Badge, Banner, capitalised, Checkbox, Disclosure, Select, TabPanel, Tabs, WithCode } from "../../ui/index.ts";
import styles from "./DraftDialog.module.css";
import { DraftLines } from "./DraftLines.tsx";
import type { DraftActions, FoundState } from "./use-drafting.ts";

/** Programs that are shown at first; the rest on request. */
const shownAtFirst = 3;

interface FoundStepProps {
  readonly found: FoundState;
  readonly drafting: DraftActions;
}

type FoundTab = "lines" | "text" | "unknown";

/** What was found: the programs to choose from, every line with its reason, the text, and what is not known. */
export function FoundStep({ found, drafting }: FoundStepProps) {
  const { about, suggestions, draft } = found;
  const [tab, setTab] = useState<FoundTab>("lines");
  const [shown, setShown] = useState<string | null>(null);
  const begin = useRef<HTMLParagraphElement>(null);
  // What had the keys, the button that stops the reading, is gone.
  useEffect(() => begin.current?.focus(), []);
  const current = suggestions.find(({ program }) => program === shown) ?? suggestions[0];
  const count = [...found.taken.values()].reduce((sum, ids) => sum + ids.size, 0);
  const remarks = draft?.remarks ?? [];
  const warnings = [...new Set(suggestions.flatMap((each) => each.warnings))];
  const text = draft?.files.filter(({ path }) => path.startsWith("apparmor.d/")) ?? [];
  return (
    <>
      <p className={styles.about} ref={begin} tabIndex={-1}>
        <strong>{about.name}</strong>
        {about.version !== null && ` ${about.version}`}
        {about.architecture !== null && ` (${about.architecture})`}
        {about.summary !== null && `: ${about.summary}.`} {about.files === 1 ? "One file" : `${about.files} files`}
        {about.units.length > 0 && `, ${unitWords(about.units)}`}.
      </p>
      <Programs found={found} onChange={drafting.choosePrograms} />
      {warnings.length > 0 && (
        <Banner tone="warn" title="Before it is loaded" live>
          {warnings.map((words) => (
            <p key={words}>
              <WithCode text={`${capitalised(words)}.`} />
            </p>
          ))}
        </Banner>
      )}
      {suggestions.length > 1 && current !== undefined && (
        <Select
          label="Lines of"
          value={current.program}
          options={suggestions.map(({ program }) => ({ value: program, label: program }))}
          onChange={setShown}
          mono
        />
      )}
      <Tabs
        label="The draft"
        size="s"
        value={tab}
        onChange={setTab}
        items={[
          { id: "lines", label: "Lines", count },
          { id: "text", label: "Text" },
          { id: "unknown", label: "Not known", count: remarks.length },
        ]}
      >
        <TabPanel id="lines" className={styles.panel}>
          {current !== undefined && (
            <DraftLines
              suggestions={current}
              taken={found.taken.get(current.program) ?? new Set()}
              onTake={(ids, on) => drafting.take(current.program, ids, on)}
            />
          )}
        </TabPanel>
        {/* The panels take the keys themselves, so that these scroll. */}
        <TabPanel id="text" className={styles.texts}>
          {text.map(({ path, text: lines }) => (
            <section key={path} aria-label={path}>
              <h3 className={styles.path}>{path}</h3>
              <pre>{lines}</pre>
            </section>
          ))}
        </TabPanel>
        <TabPanel id="unknown" className={styles.remarks}>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>
                <WithCode text={`${capitalised(remark)}.`} />
              </li>
            ))}
          </ul>
        </TabPanel>
      </Tabs>
    </>
  );
}

function unitWords(units: readonly string[]): string {
  const shown = units.slice(0, 3).join(", ");
  return units.length > 3 ? `${shown} and ${units.length - 3} more units` : shown;
}

interface ProgramsProps {
  readonly found: FoundState;
  readonly onChange: (programs: readonly string[]) => void;
}

/** Each program that is ticked gets a profile of its own; one at least stays. */
function Programs({ found: { candidates, programs }, onChange }: ProgramsProps) {
  const toggle = (path: string, on: boolean) => {
    const next = candidates.map((each) => each.path).filter((each) => (each === path ? on : programs.includes(each)));
    if (next.length > 0) onChange(next);
  };
  const row = ({ path, why, given }: ProgramCandidate) => (
    <div key={path} className={styles.program}>
      <Checkbox label={path} checked={programs.includes(path)} onChange={(on) => toggle(path, on)} hint={why} />
      {!given && <Badge tone="warn">not given</Badge>}
    </div>
  );
  const first = candidates.filter(({ path }, index) => index < shownAtFirst || programs.includes(path));
  const rest = candidates.filter((each) => !first.includes(each));
  return (
    <fieldset className={styles.programs}>
      <legend>{candidates.length === 1 ? "Program" : "Programs: each that is ticked gets a profile"}</legend>
      <div className={styles.programList}>{first.map(row)}</div>
      {rest.length > 0 && (
        <Disclosure summary={`${rest.length} more`}>
          <div className={styles.programList}>{rest.map(row)}</div>
        </Disclosure>
      )}
    </fieldset>
  );
}
