export {
  configPath,
  type DesignSnapshot,
  type DesignState,
  type Notice,
  policyFolder,
  type ProfileRef,
  type SaveState,
  type Selection,
  type SelectionOrigin,
  snapshotOf,
  type Touched,
} from "./design-state.ts";
export { createDesignStore, type DesignStore, shortName } from "./design-store.ts";
export { type ConfigReading, configReading, fileView, fileViews, profileOf, refOf } from "./file-views.ts";
export { differenceEdit, emptyHistory, type HistoryEntry, type Place, type Texts } from "./history.ts";
export {
  designStore,
  useActiveFile,
  useActiveProfile,
  useApply,
  useConfig,
  useDesign,
  useFileView,
  useFileViews,
  useSelection,
} from "./hooks.ts";
