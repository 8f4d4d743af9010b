import type { NodeKind, SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import type { PlacedRule } from "../placed-rule.ts";
import type { RuleValue } from "../rule-values.ts";
import { readCapabilityRule } from "./capability.ts";
import { readChangeProfileRule } from "./change-profile.ts";
import { readFileRule } from "./file.ts";
import { readLinkRule } from "./link.ts";
import { readMountRule } from "./mount.ts";
import { readNetworkRule } from "./network.ts";
import { readQualifiers } from "./parts.ts";
import { readPeerRule } from "./peer-rule.ts";
import { readRlimitRule } from "./rlimit.ts";

type Reader = (tree: SyntaxTree, node: SyntaxNode) => RuleValue;

/** Every rule kind and what reads it. A new kind is one production and one line here. */
const readers: ReadonlyMap<NodeKind, Reader> = new Map<NodeKind, Reader>([
  ["all-rule", (tree, node) => ({ kind: "all", qualifiers: readQualifiers(tree, node) })],
  ["capability-rule", readCapabilityRule],
  ["change_profile-rule", readChangeProfileRule],
  ["dbus-rule", (tree, node) => readPeerRule(tree, node, "dbus")],
  ["file-rule", readFileRule],
  ["io_uring-rule", (tree, node) => readPeerRule(tree, node, "io_uring")],
  ["link-rule", readLinkRule],
  ["mount-rule", (tree, node) => readMountRule(tree, node, "mount")],
  ["mqueue-rule", (tree, node) => readPeerRule(tree, node, "mqueue")],
  ["network-rule", readNetworkRule],
  ["pivot_root-rule", (tree, node) => readMountRule(tree, node, "pivot_root")],
  ["ptrace-rule", (tree, node) => readPeerRule(tree, node, "ptrace")],
  ["remount-rule", (tree, node) => readMountRule(tree, node, "remount")],
  ["rlimit-rule", readRlimitRule],
  ["signal-rule", (tree, node) => readPeerRule(tree, node, "signal")],
  ["umount-rule", (tree, node) => readMountRule(tree, node, "umount")],
  ["unix-rule", (tree, node) => readPeerRule(tree, node, "unix")],
  ["userns-rule", (tree, node) => readPeerRule(tree, node, "userns")],
]);

/** True for the node of a rule, of any kind. */
export function isRuleNode(node: SyntaxNode): boolean {
  return readers.has(node.kind);
}

/** The typed view of a rule's node; throws for a node that is no rule, which `isRuleNode` tells before. */
export function readRule(tree: SyntaxTree, node: SyntaxNode): PlacedRule {
  const reader = readers.get(node.kind);
  if (reader === undefined) throw new Error(`a node of kind ${node.kind} is no rule`);
  return { value: reader(tree, node), node };
}
