export { abstractionNamed, abstractions, type AbstractionWord } from "./abstractions.ts";
export { dangerRank, dangers, worstDanger, type Danger } from "./danger.ts";
export { parserVersions, wordNamed, type ParserVersion, type Word } from "./word.ts";
export {
  capabilities,
  capabilityGroups,
  capabilityNamed,
  type Capability,
  type CapabilityGroup,
} from "./capabilities.ts";
export { capabilityConsequences, type CapabilityConsequence } from "./capability-consequences.ts";
export { capabilityOperations, operationsOf, type CapabilityOperation } from "./capability-operations.ts";
export {
  isHarmlessDevice,
  sensitivePath,
  sensitiveSamples,
  type SensitivePath,
  type SensitiveSample,
} from "./sensitive-paths.ts";
export { networkDomainNamed, networkDomains, type NetworkDomain } from "./network-domains.ts";
export { networkPermissions, networkProtocols, socketTypes } from "./socket-types.ts";
export { isSensiblePair, networkCellWords, type NetworkCellWords } from "./network-cells.ts";
export { filePermissions, type FilePermissionWord } from "./file-permissions.ts";
export { execModeNamed, execModes, type ExecGoal, type ExecModeWord } from "./exec-modes.ts";
export { profileFlags, profileModes, type ProfileFlagWord, type ProfileModeWord } from "./profile-modes.ts";
export { rlimits, sizeUnits, timeUnits, type RlimitUnit, type RlimitWord } from "./rlimits.ts";
export { isSignalName, signals } from "./signals.ts";
export {
  dbusPermissions,
  ioUringPermissions,
  mqueuePermissions,
  ptracePermissions,
  signalPermissions,
  unixPermissions,
  unixSocketTypes,
  usernsPermissions,
} from "./ipc-permissions.ts";
export { isMountOption, mountOptions, type MountOption } from "./mount-options.ts";
export { qualifiers } from "./qualifiers.ts";
export { knownValues, knownVariables, type KnownVariable } from "./variables.ts";
export { globs, type GlobHelp } from "./globs.ts";
export { featureAbis, type FeatureAbi } from "./abis.ts";
export { dialectSince, isReadBy, measuredParser, readsDialect, type DialectId } from "./dialect.ts";
export {
  peerProtocolNamed,
  peerProtocolNames,
  peerProtocols,
  type PeerProtocol,
  type PeerProtocolName,
} from "./peer-protocols.ts";
