export { apparmorHold, type PeerTarget } from "./apparmor-hold.ts";
export { apparmorRules, type ApparmorRules } from "./apparmor-rules.ts";
export type { Companion, CompanionFile, Hold, PeerReport } from "./companion.ts";
export { companionsOf, serviceOf, type Companions } from "./companions.ts";
export { isOpenToAll, readPeerMatch, type PeerMatch, type PeerMatchReading } from "./peer-match.ts";
