import { setCapability } from "@hauberk/core/edit";
import { capabilities, type Capability, capabilityGroups } from "@hauberk/core/vocabulary";
import { useCallback, useMemo, useState } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { useActiveProfile } from "../../store/index.ts";
import { Button, EmptyState, SearchField, Segments } from "../../ui/index.ts";
import {
  type CapabilityAccess,
  type CapabilityState,
  capabilityStates,
  countCapabilities,
  matchesSearch,
} from "./capabilities-model.ts";
import styles from "./CapabilitiesPanel.module.css";
import { AllowedNames } from "./allowed-names.ts";
import { Consequences } from "./Consequences.tsx";
import { CapabilityRow } from "./CapabilityRow.tsx";
import { WildcardRules } from "./CapabilityRules.tsx";

const names = capabilities.map(({ name }) => name);

interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly { readonly capability: Capability | null; readonly state: CapabilityState }[];
}

/** The groups with the rows that fit, names that only stand in the text in a group of their own. */
function sectionsOf(states: ReturnType<typeof capabilityStates>, query: string, onlyTicked: boolean): Section[] {
  const fits = (state: CapabilityState | undefined, ...texts: string[]): state is CapabilityState =>
    state !== undefined && (!onlyTicked || state.effective !== "none") && matchesSearch(query, state.name, ...texts);
  const known = capabilityGroups.map(({ id, title }) => ({
    id,
    title,
    rows: capabilities.flatMap((capability) => {
      const state = states.states.get(capability.name);
      return capability.group === id && fits(state, title, capability.sentence) ? [{ capability, state }] : [];
    }),
  }));
  const unknown = states.unknown.flatMap((name) => {
    const state = states.states.get(name);
    return fits(state) ? [{ capability: null, state }] : [];
  });
  return [{ id: "unknown", title: "In the text, but not known", rows: unknown }, ...known].filter(
    ({ rows }) => rows.length > 0,
  );
}

/** The names of the capabilities that the profile allows, one blank between them. */
function allowedNames(states: Iterable<CapabilityState>): string {
  return [...states].flatMap(({ name, effective }) => (effective === "allow" ? [name] : [])).join(" ");
}

/** Every capability with what the profile says of it. */
export function CapabilitiesPanel() {
  const shown = useActiveProfile();
  const [query, setQuery] = useState("");
  const [filter, setFilter] = useState<"all" | "ticked">("all");
  const { refusal, edit, forget } = useEdit();
  const tree = shown?.file.tree;
  const profile = shown?.profile;
  const states = useMemo(
    () => (tree === undefined || profile === undefined ? null : capabilityStates(tree, profile, names)),
    [tree, profile],
  );
  const change = useCallback(
    (name: string, access: CapabilityAccess, audit: boolean) => {
      edit(name, ({ file, profile: now }) =>
        setCapability(file, now, name, { access, audit: access !== "none" && audit }),
      );
    },
    [edit],
  );
  if (shown === null || states === null) return <NoProfile what="Capabilities" />;
  const counts = countCapabilities(states.states.values());
  const sections = sectionsOf(states, query, filter === "ticked");
  const allowed = allowedNames(states.states.values());
  const ticked = counts.allowed + counts.denied;
  return (
    <section className={panel.panel} aria-label="Capabilities">
      <div className={panel.bar}>
        <div className={panel.grow}>
          <SearchField
            label="Search capabilities"
            placeholder="Name or what it does"
            value={query}
            onChange={setQuery}
            size="s"
          />
        </div>
        <Segments
          label="Which capabilities are shown"
          value={filter}
          options={[
            { value: "all", label: `All ${states.states.size}` },
            { value: "ticked", label: `Ticked ${ticked}` },
          ]}
          onChange={setFilter}
        />
        <output className={panel.count}>
          {counts.allowed} allowed, {counts.denied} denied{counts.audited > 0 ? `, ${counts.audited} audited` : ""}
        </output>
      </div>
      <RefusalNote reason={refusal === null ? null : `${refusal.at}: ${refusal.reason}`} onDismiss={forget} />
      <div className={panel.scroll}>
        <WildcardRules shown={shown} wildcards={states.wildcards} />
        {query === "" && <Consequences allowed={allowed} />}
        {sections.length === 0 ? (
          <EmptyState
            title={query === "" ? "No capability is ticked" : `Nothing fits “${query}”`}
            actions={
              <Button
                size="s"
                onClick={() => {
                  setQuery("");
                  setFilter("all");
                }}
              >
                Show all {states.states.size}
              </Button>
            }
          >
            <p>A profile without capabilities is the usual case: a program that never acts as root needs none.</p>
          </EmptyState>
        ) : (
          <AllowedNames.Provider value={allowed}>
            <table className={styles.table}>
              <caption className="visually-hidden">
                Capabilities of the profile {shown.profile.name}: what each lets the program do, how dangerous it is,
                and what the profile says
              </caption>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">Capability</th>
                  <th scope="col">Danger</th>
                  <th scope="col">Access</th>
                  <th scope="col">Audit</th>
                  <th scope="col">Rules</th>
                </tr>
              </thead>
              {sections.map(({ id, title, rows }) => (
                <tbody key={id}>
                  <tr className={styles.group}>
                    <th scope="rowgroup" colSpan={5}>
                      {title} <span className={panel.count}>{rows.length}</span>
                    </th>
                  </tr>
                  {rows.map(({ capability, state }) => (
                    <CapabilityRow
                      key={state.name}
                      capability={capability}
                      state={state}
                      path={shown.file.path}
                      onChange={change}
                    />
                  ))}
                </tbody>
              ))}
            </table>
          </AllowedNames.Provider>
        )}
        <p className={styles.foot}>
          A rule never gives a program a capability: it lets the program use one that it holds already, as root or by
          file capabilities. Rules of included abstractions are not counted here.
        </p>
      </div>
    </section>
  );
}
