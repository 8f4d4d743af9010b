import { bareWordPath } from "./checks/bare-word-path.ts";
import { capabilityName } from "./checks/capability-name.ts";
import { denyAllNetwork } from "./checks/deny-all-network.ts";
import { denyBlock } from "./checks/deny-block.ts";
import { denyExecMode } from "./checks/deny-exec-mode.ts";
import { denyNetlink } from "./checks/deny-netlink.ts";
import { denyOverridesAllow } from "./checks/deny-overrides-allow.ts";
import { denyUnix } from "./checks/deny-unix.ts";
import { inetPeerAddr } from "./checks/inet-peer-addr.ts";
import { inetPeerWidened } from "./checks/inet-peer-widened.ts";
import { interfaceOrLabel } from "./checks/interface-or-label.ts";
import { missingAbi } from "./checks/missing-abi.ts";
import { missingLocalInclude } from "./checks/missing-local-include.ts";
import { networkBeforeConditional } from "./checks/network-before-conditional.ts";
import { nameserviceOpensNetwork } from "./checks/nameservice-opens-network.ts";
import { ownerHomeAll } from "./checks/owner-home-all.ts";
import { pxUnderNoNewPrivs } from "./checks/px-under-no-new-privs.ts";
import { pxWithoutProfile } from "./checks/px-without-profile.ts";
import { rawSocketPair } from "./checks/raw-socket-pair.ts";
import { redundantRule } from "./checks/redundant-rule.ts";
import { relativePath } from "./checks/relative-path.ts";
import { rlimitBareNumber } from "./checks/rlimit-bare-number.ts";
import { rlimitUnit } from "./checks/rlimit-unit.ts";
import { rulesInConditional } from "./checks/rules-in-conditional.ts";
import { rulesInBlock } from "./checks/rules-in-block.ts";
import { sharedTmp } from "./checks/shared-tmp.ts";
import { sysAdminSwallows } from "./checks/sys-admin-swallows.ts";
import { undeclaredVariable } from "./checks/undeclared-variable.ts";
import { unconfinedDeny } from "./checks/unconfined-deny.ts";
import type { LintRule } from "./lint-rule.ts";

/** Every check, in the order of the documentation. A new one is one file in `checks/` and one line here. */
export const lintRules: readonly LintRule[] = [
  rulesInBlock,
  rulesInConditional,
  networkBeforeConditional,
  denyBlock,
  relativePath,
  bareWordPath,
  undeclaredVariable,
  inetPeerAddr,
  inetPeerWidened,
  interfaceOrLabel,
  denyAllNetwork,
  denyOverridesAllow,
  denyUnix,
  denyNetlink,
  nameserviceOpensNetwork,
  pxWithoutProfile,
  pxUnderNoNewPrivs,
  denyExecMode,
  sharedTmp,
  ownerHomeAll,
  capabilityName,
  sysAdminSwallows,
  rawSocketPair,
  rlimitBareNumber,
  rlimitUnit,
  redundantRule,
  unconfinedDeny,
  missingAbi,
  missingLocalInclude,
];
