import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { NetworkRuleValue } from "../rule-values.ts";
import { readConditions, readPeer, readQualifiers, roleTexts } from "./parts.ts";

const types: ReadonlySet<string> = new Set(["stream", "dgram", "seqpacket", "rdm", "raw", "packet"]);
const protocols: ReadonlySet<string> = new Set(["tcp", "udp", "icmp"]);

/** The typed view of a network rule; a lone `packet` is the family, `network packet packet` the type in it. */
export function readNetworkRule(tree: SyntaxTree, node: SyntaxNode): NetworkRuleValue {
  let domain: string | null = null;
  let type: string | null = null;
  let protocol: string | null = null;
  roleTexts(tree, node, "name").forEach((word, index) => {
    if (protocols.has(word)) protocol = word;
    else if (types.has(word) && (index > 0 || word !== "packet")) type = word;
    else if (domain === null) domain = word;
    else type = word;
  });
  return {
    kind: "network",
    qualifiers: readQualifiers(tree, node),
    permissions: roleTexts(tree, node, "permissions"),
    domain,
    type,
    protocol,
    local: readConditions(tree, node),
    peer: readPeer(tree, node),
  };
}
