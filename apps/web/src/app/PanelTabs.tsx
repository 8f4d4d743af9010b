import { newProfile, openFiles, pasteProfile } from "../actions/index.ts";
import { CapabilitiesPanel } from "../features/capabilities/index.ts";
import { IncludesPanel } from "../features/includes/index.ts";
import { IpcPanel } from "../features/ipc/index.ts";
import { NetworkPanel } from "../features/network/index.ts";
import { PathsPanel } from "../features/paths/index.ts";
import { ProfilePanel } from "../features/profile/index.ts";
import { ProgramsPanel } from "../features/programs/index.ts";
import { SummaryPanel } from "../features/summary/index.ts";
import { SystemPanel } from "../features/system/index.ts";
import { configPath, fileView, type PanelId, panels, profileOf, useDesign, useWorkbench } from "../store/index.ts";
import { Button, EmptyState, type IconName, type TabItem, TabPanel, Tabs } from "../ui/index.ts";
import { panelCounts } from "./panel-counts.ts";
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
      keys: `Alt+${index + 1}`,
      ...(count === undefined ? {} : { count }),
    };
  });
  if (empty) return <NoFile />;
  return (
    <Tabs label="Panels" many className={styles.panels} value={panel} items={items} onChange={setPanel}>
      <TabPanel id="profile" className={styles.panel}>
        <ProfilePanel />
      </TabPanel>
      <TabPanel id="includes" className={styles.panel}>
        <IncludesPanel />
      </TabPanel>
      <TabPanel id="capabilities" className={styles.panel}>
        <CapabilitiesPanel />
      </TabPanel>
      <TabPanel id="paths" className={styles.panel}>
        <PathsPanel />
      </TabPanel>
      <TabPanel id="network" className={styles.panel}>
        <NetworkPanel />
      </TabPanel>
      <TabPanel id="programs" className={styles.panel}>
        <ProgramsPanel />
      </TabPanel>
      <TabPanel id="ipc" className={styles.panel}>
        <IpcPanel />
      </TabPanel>
      <TabPanel id="system" className={styles.panel}>
        <SystemPanel />
      </TabPanel>
      <TabPanel id="summary" className={styles.panel}>
        <SummaryPanel />
      </TabPanel>
    </Tabs>
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
