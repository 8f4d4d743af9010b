import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { PeerRuleValue } from "../rule-values.ts";
import { readConditions, readPeer, readQualifiers, roleText, roleTexts } from "./parts.ts";

/** The typed view of a rule of permissions and conditions: signal, ptrace, unix, dbus, mqueue, io_uring, userns. */
export function readPeerRule(tree: SyntaxTree, node: SyntaxNode, kind: PeerRuleValue["kind"]): PeerRuleValue {
  return {
    kind,
    qualifiers: readQualifiers(tree, node),
    permissions: roleTexts(tree, node, "permissions"),
    local: readConditions(tree, node),
    peer: readPeer(tree, node),
    operand: roleText(tree, node, "name"),
  };
}
