import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import { networkDomainNamed, networkPermissions, networkProtocols, socketTypes } from "../../vocabulary/index.ts";
import { isAddress, isPort } from "./address.ts";
import { globProblem } from "./glob.ts";
import { checkPeerPermissions, checkPermissions } from "./permissions.ts";
import {
  conditionPieces,
  peerPieces,
  piecesWithRole,
  reportTwice,
  reportUnknown,
  type ConditionPiece,
  type Piece,
  type Report,
} from "./problem.ts";

const localKeys: ReadonlySet<string> = new Set(["ip", "port", "interface", "label"]);
const peerKeys: ReadonlySet<string> = new Set(["ip", "port", "label"]);

function isSocketType(word: string): boolean {
  return socketTypes.some((type) => type.name === word);
}

function checkOperands(names: readonly Piece[], report: Report): void {
  const [first, second] = names;
  if (first === undefined) return;
  const clinging = names.find(({ text }) => text.includes(","));
  if (clinging !== undefined) {
    const at = clinging.start + clinging.text.indexOf(",") + 1;
    const message = `the comma is read as a part of \`${clinging.text}\`: a blank or line end must stand behind it`;
    report("rule/clinging-comma", message, { start: at, end: at });
    return;
  }
  if (second === undefined) {
    const known =
      networkDomainNamed(first.text) !== undefined ||
      isSocketType(first.text) ||
      networkProtocols.some((protocol) => protocol.name === first.text);
    if (!known) {
      report("rule/unknown-network", `\`${first.text}\` is no address family, socket type or protocol`, first);
    }
    return;
  }
  if (networkDomainNamed(first.text) === undefined) {
    report("rule/unknown-network", `\`${first.text}\` is no address family`, first);
    return;
  }
  if (isSocketType(second.text)) return;
  const protocol = networkProtocols.find((each) => each.name === second.text);
  if (protocol === undefined) {
    report("rule/unknown-network", `\`${second.text}\` is no socket type or protocol`, second);
  } else if (first.text !== "inet" && !(first.text === "inet6" && protocol.inet6)) {
    report("rule/unknown-network", `\`${first.text}\` knows no protocol \`${second.text}\``, second);
  }
}

function checkValues(conditions: readonly ConditionPiece[], report: Report): void {
  for (const condition of conditions) {
    const value = condition.values[0];
    if (value === undefined) continue;
    if (condition.key === "ip" && !isAddress(value.text)) {
      const message = `\`${value.text}\` is no IP address: one address or \`none\`, no range, name or brackets`;
      report("rule/bad-address", message, value);
    } else if (condition.key === "port" && !isPort(value.text)) {
      report("rule/bad-port", `\`${value.text}\` is no port: a number up to 65535 or a range such as \`80-90\``, value);
    } else if (condition.key === "interface") {
      const problem = globProblem(value.text);
      if (problem !== null) report("rule/bad-glob", `\`${value.text}\` is no glob: ${problem}`, value);
    }
  }
}

/** Reports what the parser refuses in a network rule. */
export function checkNetworkRule(tree: SyntaxTree, node: SyntaxNode, report: Report): void {
  checkPermissions(tree, node, networkPermissions, "network", report);
  const names = piecesWithRole(tree, node, "name");
  checkOperands(names, report);
  const local = conditionPieces(tree, node);
  const peer = peerPieces(tree, node) ?? [];
  for (const [conditions, keys] of [
    [local, localKeys],
    [peer, peerKeys],
  ] as const) {
    reportUnknown(conditions, keys, "network", report);
    reportTwice(conditions, report);
    checkValues(conditions, report);
  }
  if (peer.length > 0) checkPeerPermissions(tree, node, report);
  const family = names[0];
  if (family === undefined || local.length + peer.length === 0) return;
  const isFamily = networkDomainNamed(family.text) !== undefined;
  if (isFamily && family.text !== "inet" && family.text !== "inet6") {
    const message = `conditions can stand in inet and inet6 rules only, not in \`${family.text}\``;
    report("rule/conditions-need-inet", message, family);
  }
}
