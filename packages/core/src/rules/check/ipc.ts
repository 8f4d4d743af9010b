import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import {
  dbusPermissions,
  isSignalName,
  mqueuePermissions,
  ptracePermissions,
  signalPermissions,
  unixPermissions,
} from "../../vocabulary/index.ts";
import { checkPeerPermissions, checkPermissions } from "./permissions.ts";
import {
  conditionPieces,
  peerPieces,
  pieceWithRole,
  piecesWithRole,
  reportManyValues,
  reportTwice,
  reportUnknown,
  type ConditionPiece,
  type Report,
} from "./problem.ts";

const signalKeys: ReadonlySet<string> = new Set(["set", "peer"]);
const ptraceKeys: ReadonlySet<string> = new Set(["peer"]);
const labelKeys: ReadonlySet<string> = new Set(["label"]);
const mqueueKeys: ReadonlySet<string> = new Set(["label", "type"]);
const dbusKeys: ReadonlySet<string> = new Set(["bus", "name", "label", "path", "interface", "member"]);

/** Reports what the parser refuses in a signal rule. */
export function checkSignalRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, signalPermissions, "signal", report);
  const conditions = conditionPieces(tree, node);
  reportUnknown(conditions, signalKeys, "signal", report);
  reportTwice(conditions, report, "set");
  for (const { key, values } of conditions) {
    if (key !== "set") continue;
    for (const value of values) {
      if (isSignalName(value.text)) continue;
      const message = `\`${value.text}\` is no signal: names are in lower case without SIG, such as \`hup\` or \`rtmin+3\``;
      report("rule/unknown-signal", message, value);
    }
  }
}

/** Reports what the parser refuses in a ptrace rule. */
export function checkPtraceRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, ptracePermissions, "ptrace", report);
  const conditions = conditionPieces(tree, node);
  reportUnknown(conditions, ptraceKeys, "ptrace", report);
  reportTwice(conditions, report);
}

/** Reports what the parser refuses in an io_uring rule; an unknown permission is none to it, and no error. */
export function checkIoUringRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  const conditions = conditionPieces(tree, node);
  reportUnknown(conditions, labelKeys, "io_uring", report);
  reportTwice(conditions, report);
  for (const condition of conditions) reportManyValues(condition, report);
}

/** Reports what the parser refuses in an mqueue rule. */
export function checkMqueueRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, mqueuePermissions, "mqueue", report);
  const conditions = conditionPieces(tree, node);
  reportUnknown(conditions, mqueueKeys, "mqueue", report);
  reportTwice(conditions, report, "type");
  let type: string | null = null;
  for (const { key, values } of conditions) {
    const value = key === "type" ? values[0] : undefined;
    if (value === undefined) continue;
    type = value.text;
    if (type !== "posix" && type !== "sysv") {
      report("rule/unknown-queue-type", `\`${type}\` is no type of queue: \`posix\` or \`sysv\``, value);
    }
  }
  const name = pieceWithRole(tree, node, "name");
  if (name === undefined) return;
  const isPath = name.text.startsWith("/");
  const isNumber = /^\d+$/u.test(name.text);
  if ((isPath && type !== "sysv") || (isNumber && type !== "posix")) return;
  const wanted = type === "sysv" ? "a whole number" : type === "posix" ? "a path" : "a path or a whole number";
  report("rule/bad-queue-name", `\`${name.text}\` is no name of a queue: expected ${wanted}`, name);
}

function has(conditions: readonly ConditionPiece[], key: string): boolean {
  return conditions.some((each) => each.key === key);
}

/** Reports what the parser refuses in a dbus rule: a rule is about a message or about a name, not both. */
export function checkDbusRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, dbusPermissions, "dbus", report);
  const local = conditionPieces(tree, node);
  const peer = peerPieces(tree, node) ?? [];
  const all = [...local, ...peer];
  reportUnknown(all, dbusKeys, "dbus", report);
  reportTwice(all, report);
  for (const condition of all) reportManyValues(condition, report);
  const label = local.find((each) => each.key === "label");
  if (label !== undefined) {
    report("rule/label-needs-peer", "`label=` of a dbus rule stands inside `peer=(…)`", label);
    return;
  }
  const ofMessage =
    ["path", "interface", "member", "label"].some((key) => has(all, key)) || (has(peer, "name") && !has(local, "name"));
  const ofService = has(local, "name");
  const permissions = piecesWithRole(tree, node, "permissions");
  const wants = (...words: string[]) =>
    permissions.find((each) => words.includes(each.text) || (words.includes("r") && /^[rwRW]+$/u.test(each.text)));
  if (ofMessage && ofService) {
    report("rule/dbus-mixed", "`name=` is about owning a name: it cannot stand beside conditions on messages", node);
  }
  const bind = wants("bind");
  if (ofMessage && bind !== undefined) {
    report("rule/dbus-bind", "`bind` cannot stand beside conditions on messages", bind);
  }
  const sends = wants("send", "receive", "read", "write", "r");
  if (ofService && sends !== undefined) {
    report("rule/dbus-send", `\`${sends.text}\` cannot stand beside \`name=\`, which is about owning a name`, sends);
  }
  const eavesdrop = wants("eavesdrop");
  if (eavesdrop !== undefined && all.some((each) => each.key !== "bus")) {
    report("rule/dbus-eavesdrop", "`eavesdrop` can stand beside `bus=` only", eavesdrop);
  }
}

const unixTypes: ReadonlySet<string> = new Set([
  "none",
  "stream",
  "dgram",
  "raw",
  "rdm",
  "seqpacket",
  "dccp",
  "packet",
]);

function checkUnixCondition(condition: ConditionPiece, inPeer: boolean, report: Report): void {
  const { key } = condition;
  const value = condition.values[0];
  if (key !== "addr" && key !== "type" && key !== "label" && key !== "protocol") {
    report(
      "rule/unknown-condition",
      `unix rules know no condition \`${key}\`, only \`type\`, \`addr\` and in the peer \`label\``,
      condition,
    );
    return;
  }
  if (key === "protocol") {
    report("rule/unknown-condition", "`protocol` is a condition that no parser supports yet", condition);
    return;
  }
  if (key === "label" && !inPeer) {
    report("rule/label-needs-peer", "`label=` of a unix rule stands inside `peer=(…)`", condition);
  } else if (key === "type" && inPeer) {
    report("rule/type-in-peer", "`type=` is about the own socket and cannot stand inside `peer=(…)`", condition);
  }
  if (condition.operator !== "=") {
    report("rule/condition-operator", `\`${key}\` takes \`=\` and a value in unix rules`, condition);
  }
  reportManyValues(condition, report);
  if (value === undefined) return;
  if (key === "addr" && !value.text.startsWith("@") && value.text !== "none" && value.text !== "auto") {
    const message = `\`${value.text}\` is no address of a unix rule: \`@\` stands before an abstract one, \`none\` and \`auto\` for sockets without; paths are file rules`;
    report("rule/bad-unix-address", message, value);
  } else if (key === "type" && !unixTypes.has(value.text)) {
    report("rule/unknown-socket-type", `\`${value.text}\` is no socket type`, value);
  }
}

/** Reports what the parser refuses in a unix rule. */
export function checkUnixRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, unixPermissions, "unix", report);
  const local = conditionPieces(tree, node);
  const peer = peerPieces(tree, node) ?? [];
  reportTwice(local, report);
  reportTwice(peer, report);
  for (const condition of local) checkUnixCondition(condition, false, report);
  for (const condition of peer) checkUnixCondition(condition, true, report);
  if (peer.length > 0) checkPeerPermissions(tree, node, report);
}
