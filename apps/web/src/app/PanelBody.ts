import { type ComponentType, createElement, use } from "react";
import { type PanelId, panels } from "../store/index.ts";

/** Each panel comes when it is first shown: the page that is loaded first stays small. */
const loaders: Record<PanelId, () => Promise<ComponentType>> = {
  profile: async () => (await import("../features/profile/index.ts")).ProfilePanel,
  includes: async () => (await import("../features/includes/index.ts")).IncludesPanel,
  capabilities: async () => (await import("../features/capabilities/index.ts")).CapabilitiesPanel,
  paths: async () => (await import("../features/paths/index.ts")).PathsPanel,
  programs: async () => (await import("../features/programs/index.ts")).ProgramsPanel,
  network: async () => (await import("../features/network/index.ts")).NetworkPanel,
  ipc: async () => (await import("../features/ipc/index.ts")).IpcPanel,
  system: async () => (await import("../features/system/index.ts")).SystemPanel,
  summary: async () => (await import("../features/summary/index.ts")).SummaryPanel,
  standing: async () => (await import("../features/standing/index.ts")).StandingPanel,
};

const there = new Map<PanelId, ComponentType>();
const coming = new Map<PanelId, Promise<ComponentType>>();

/** Fetches a panel, once; one that could not be fetched is asked for again. */
export function fetchPanel(id: PanelId): Promise<ComponentType> {
  const known = coming.get(id);
  if (known !== undefined) return known;
  const loading = loaders[id]().then(
    (Panel) => {
      there.set(id, Panel);
      return Panel;
    },
    (error: unknown) => {
      coming.delete(id);
      throw error;
    },
  );
  coming.set(id, loading);
  return loading;
}

/** Fetches the panels while the page rests, so that the first look at each does not wait, with the service away too. */
export function fetchPanels(): void {
  for (const { id } of panels) fetchPanel(id).catch(() => undefined);
}

/** A panel; one that was fetched already is drawn at once, without another turn of React. */
export function PanelBody({ id }: { readonly id: PanelId }) {
  const Panel = there.get(id) ?? use(fetchPanel(id));
  return createElement(Panel);
}
