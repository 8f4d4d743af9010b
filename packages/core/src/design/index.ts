export { assignVariable } from "./assign-variable.ts";
export { blockAround, headOf, insideBlocks, isDropped } from "./blocks.ts";
export { checkDesign } from "./check-design.ts";
export { evaluateExpression } from "./check/expression.ts";
export type { PolicyProblem } from "./check/policy-check.ts";
export { SymbolTable } from "./check/variables.ts";
export { checkSource, type CheckRequest, type SourceCheck, type SourceError } from "./check-source.ts";
export {
  effectiveQualifiers,
  heldValue,
  qualifiersOfBlocks,
  type EffectiveQualifiers,
} from "./effective-qualifiers.ts";
export {
  includeClosure,
  includesOf,
  isPolicyFileName,
  resolveInclude,
  type IncludeClosure,
  type IncludeLoop,
  type MissingInclude,
  type SourceReader,
} from "./include-closure.ts";
export { isWhole } from "./whole-file.ts";
export { machineIncludes, type MachineInclude } from "./machine-files.ts";
export { allRules, ruleOfNode } from "./rule-of-node.ts";
export { readAssignment, readInclude, viewFile, viewFileAgain, viewTree } from "./view-file.ts";
export {
  checkLoweringChoice,
  checkPeerWish,
  checkService,
  configPath,
  newConfigText,
  readConfig,
  withoutBom,
  type ConfigFinding,
  type ConfigReading,
  type HauberkConfig,
  type LoweringChoice,
} from "./config.ts";
export {
  companionKinds,
  peerWishProblem,
  type CompanionKind,
  type PeerWish,
  type PeerWishProblem,
  type ServiceSettings,
} from "./peer-wish.ts";
export {
  addressWordRanges,
  addressWords,
  isInterfaceName,
  readPeerAddress,
  readPorts,
  type AddressWord,
  type PeerAddress,
  type PeerAddressReading,
  type PortRange,
} from "./peer-address.ts";
export { ipText, networkOf, readIp, type IpRange } from "./ip-address.ts";
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
