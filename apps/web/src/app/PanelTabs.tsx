import { Suspense } from "react";
import { newProfile, openFiles, pasteProfile } from "../actions/index.ts";
import { PanelHelp } from "../features/help/index.ts";
import {
  configPath,
  fileView,
  type PanelId,
  panelKeys,
  panels,
  profileOf,
  useDesign,
  useWorkbench,
} from "../store/index.ts";
import { Button, EmptyState, type IconName, type TabItem, TabPanel, Tabs } from "../ui/index.ts";
import { panelCounts } from "./panel-counts.ts";
import { PanelBody } from "./PanelBody.ts";
import { RuleCommands } from "./RuleCommands.tsx";
import styles from "./Workbench.module.css";

const icons: Record<PanelId, IconName> = {
  profile: "profile",
  includes: "includes",
  capabilities: "key",
  paths: "folder",
  programs: "program",
  network: "network",
  ipc: "messages",
  system: "system",
  summary: "words",
  standing: "target",
};

/** The panels over the chosen profile. */
export function PanelTabs() {
  const panel = useWorkbench((state) => state.panel);
  const setPanel = useWorkbench((state) => state.setPanel);
  const empty = useDesign((state) => [...state.texts.keys()].every((path) => path === configPath));
  const counts = useDesign((state) => {
    const profile = profileOf(fileView(state.texts, state.activePath), state.activeProfile);
    return profile === null ? null : panelCounts(profile);
  });
  const items: readonly TabItem<PanelId>[] = panels.map(({ id, title }, index) => {
    const count = counts?.[id];
    return {
      id,
      label: title,
      icon: icons[id],
      keys: panelKeys(index),
      ...(count === undefined ? {} : { count }),
    };
  });
  if (empty) return <NoFile />;
  return (
    <RuleCommands>
      <Tabs label="Panels" many className={styles.panels} value={panel} items={items} onChange={setPanel}>
        <PanelHelp key={panel} panel={panel} />
        {panels.map(({ id }) => (
          <TabPanel key={id} id={id} className={styles.panel}>
            <Suspense fallback={null}>
              <PanelBody id={id} />
            </Suspense>
          </TabPanel>
        ))}
      </Tabs>
    </RuleCommands>
  );
}

/** A design without any policy yet: the ways to begin. */
function NoFile() {
  return (
    <EmptyState
      title="This design has no profile yet"
      actions={
        <>
          <Button icon="add" variant="primary" onClick={newProfile.perform}>
            New profile
          </Button>
          <Button icon="copy" onClick={pasteProfile.perform}>
            Paste a profile
          </Button>
          <Button icon="upload" onClick={openFiles.perform}>
            Open files
          </Button>
        </>
      }
    >
      A profile says what one program may do. Write one for a program, or bring one along; dropping files on this window
      does it too.
    </EmptyState>
  );
}
