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
export { policyStore, type TargetPolicyState, useTargetPolicyState } from "./policy-store.ts";
export {
  differenceEdit,
  emptyHistory,
  type History,
  type HistoryEntry,
  type Place,
  type RevisionBase,
  type Texts,
} from "./history.ts";
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
export {
  currentProblems,
  findingsStore,
  fixFits,
  ownSource,
  type ParserFinding,
  type Problem,
  problemsOf,
  useFindings,
  useProblems,
} from "./findings-store.ts";
export {
  isTargetSilent,
  profileAround,
  type RuleStanding,
  ruleStanding,
  type StandingMark,
  type StandingPlace,
  standingPlace,
  type StandingThere,
  worstMark,
} from "./rule-standing.ts";
export { fileStandings, type PlacedStanding } from "./standing-places.ts";
export { type StandingAnswer, standingStore, type StandingTarget, useStandings } from "./standing-store.ts";
export { explanationStore, useExplanationStep } from "./explanation-store.ts";
export { tourStore, useTour } from "./tour-store.ts";
export { type OpenDialog, restoreTheme, type Theme, useWorkbench, workbenchStore } from "./workbench-store.ts";
export { type PanelId, panelKeys, panels, rememberedPanel, rememberPanel } from "./panels.ts";
export { pickedRules, pickRules, type RulePick } from "./picked-rules.ts";
export { type Bases, textsBefore } from "./bases.ts";
export { closeOtherTabs, closeTab, fileTabs, moveTab, shiftTab, shownTabs, useFileTabs } from "./file-tabs.ts";
