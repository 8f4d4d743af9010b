import type {
  ChangeProfileRuleValue,
  LinkRuleValue,
  MountRuleValue,
  NetworkRuleValue,
  PeerRuleValue,
  Qualifiers,
  RuleValue,
} from "../rule-values.ts";
import { writeCondition, writeOperations, writePeer } from "./conditions.ts";
import { writeFileRule } from "./file-rule.ts";
import { writeQualifiers } from "./qualifiers.ts";
import { nameWord, pathWord, valueWord } from "./words.ts";

/** The canonical text of a rule, its ending comma included, without indentation or line end. */
export function writeRule(value: RuleValue): string {
  switch (value.kind) {
    case "file":
      return writeFileRule(value);
    case "capability":
      return line(value.qualifiers, "capability", ...value.names);
    case "network":
      return writeNetworkRule(value);
    case "signal":
    case "ptrace":
    case "unix":
    case "dbus":
    case "mqueue":
    case "io_uring":
    case "userns":
      return writePeerRule(value);
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
      return writeMountRule(value);
    case "link":
      return writeLinkRule(value);
    case "change_profile":
      return writeChangeProfileRule(value);
    case "rlimit":
      return line(value.qualifiers, "set rlimit", value.resource, "<=", value.value);
    case "all":
      break;
  }
  return line(value.qualifiers, "all");
}

function line(qualifiers: Qualifiers, ...words: readonly string[]): string {
  return `${writeQualifiers(qualifiers)}${words.filter((word) => word !== "").join(" ")},`;
}

function writeNetworkRule(value: NetworkRuleValue): string {
  return line(
    value.qualifiers,
    "network",
    writeOperations(value.permissions),
    value.domain ?? "",
    value.type ?? "",
    value.protocol ?? "",
    ...value.local.map(writeCondition),
    writePeer(value.peer),
  );
}

/** `userns create` and `dbus send` are written bare by custom; elsewhere operations stand in parentheses. */
function writePeerRule(value: PeerRuleValue): string {
  const [only] = value.permissions;
  const bare = (value.kind === "userns" || value.kind === "dbus") && value.permissions.length === 1;
  return line(
    value.qualifiers,
    value.kind,
    bare && only !== undefined ? only : writeOperations(value.permissions),
    ...value.local.map(writeCondition),
    value.operand === null ? "" : pathWord(value.operand),
    value.kind === "signal" || value.kind === "ptrace" ? writeLabelPeer(value) : writePeer(value.peer),
  );
}

/** signal and ptrace know their peer by its label alone and write it without parentheses. */
function writeLabelPeer(value: PeerRuleValue): string {
  return value.peer.map((condition) => `peer=${condition.values.map(valueWord).join(" ")}`).join(" ");
}

function writeMountRule(value: MountRuleValue): string {
  const arrow = value.target !== null && (value.source !== null || value.kind === "mount");
  return line(
    value.qualifiers,
    value.kind,
    ...value.conditions.map(writeCondition),
    value.source === null ? "" : pathWord(value.source),
    arrow ? "->" : "",
    value.target === null ? "" : pathWord(value.target),
    value.transition === null ? "" : `-> ${nameWord(value.transition)}`,
  );
}

function writeLinkRule(value: LinkRuleValue): string {
  return line(
    value.qualifiers,
    value.subset ? "link subset" : "link",
    pathWord(value.path),
    "->",
    pathWord(value.target),
  );
}

function writeChangeProfileRule(value: ChangeProfileRuleValue): string {
  return line(
    value.qualifiers,
    "change_profile",
    value.safety ?? "",
    value.exec === null ? "" : pathWord(value.exec),
    value.target === null ? "" : `-> ${nameWord(value.target)}`,
  );
}
