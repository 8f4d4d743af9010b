export { readCompiledPolicy } from "./read-compiled-policy.ts";
export type {
  Attachment,
  CapabilitySets,
  CompiledMode,
  CompiledPolicyReading,
  CompiledProfile,
  OldFamily,
  SecmarkRule,
} from "./compiled-profile.ts";
export { permissionsAt, type PolicyDatabase } from "./policy-database.ts";
export { execTransition, type ExecTransition, type Permissions } from "./permissions.ts";
export type { Automaton } from "./automaton.ts";
export {
  capabilityAllowed,
  differAtPath,
  fileAllowed,
  outcomeOf,
  socketAllowed,
  socketAnswer,
  type AccessAnswer,
  type AccessOutcome,
  type FileAnswer,
  type SocketQuestion,
} from "./ask-profile.ts";
export type { AccessClass, SocketPermission } from "./access-classes.ts";
export type { AccessDifference, Witness } from "./access-difference.ts";
export { compareProfiles, isSameMeaning } from "./compare-profiles.ts";
