export { viewFile, viewTree } from "./view-file.ts";
export {
  checkPeerWish,
  configPath,
  newConfigText,
  readConfig,
  withoutBom,
  type ConfigFinding,
  type ConfigReading,
  type HauberkConfig,
  type LoweringChoice,
  type PeerWish,
} from "./config.ts";
export type {
  AliasView,
  BooleanView,
  Design,
  DesignFile,
  FileView,
  IncludeView,
  ProfileRule,
  ProfileView,
  VariableView,
} from "./design.ts";
