import type { RuleKindName } from "@hauberk/core/syntax";
import { newProfile, openFiles, pasteProfile } from "../actions/index.ts";
import { CapabilitiesPanel } from "../features/capabilities/index.ts";
import { NetworkPanel } from "../features/network/index.ts";
import { PathsPanel } from "../features/paths/index.ts";
import { ProfilePanel } from "../features/profile/index.ts";
import { configPath, fileView, type PanelId, profileOf, useDesign, useWorkbench } from "../store/index.ts";
import { Button, EmptyState, type TabItem, TabPanel, Tabs } from "../ui/index.ts";
import styles from "./Workbench.module.css";

/** How many rules of these kinds the shown profile has; null without a profile. Draws again only when that changes. */
function useRuleCount(kind: RuleKindName): number | null {
  return useDesign((state) => {
    const profile = profileOf(fileView(state.texts, state.activePath), state.activeProfile);
    return profile === null ? null : profile.rules.filter(({ rule }) => rule.value.kind === kind).length;
  });
}

const counted = (count: number | null) => (count === null ? {} : { count });

/** The panels over the chosen profile. */
export function PanelTabs() {
  const panel = useWorkbench((state) => state.panel);
  const setPanel = useWorkbench((state) => state.setPanel);
  const empty = useDesign((state) => [...state.texts.keys()].every((path) => path === configPath));
  const items: readonly TabItem<PanelId>[] = [
    { id: "profile", label: "Profile" },
    { id: "capabilities", label: "Capabilities", ...counted(useRuleCount("capability")) },
    { id: "paths", label: "Paths", ...counted(useRuleCount("file")) },
    { id: "network", label: "Network", ...counted(useRuleCount("network")) },
  ];
  if (empty) return <NoFile />;
  return (
    <Tabs label="Panels" className={styles.panels} value={panel} items={items} onChange={setPanel}>
      <TabPanel id="profile" className={styles.panel}>
        <ProfilePanel />
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
