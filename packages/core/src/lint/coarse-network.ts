import type { PeerWish } from "../design/index.ts";
import { addPeer, rewriteRule, removeRule, type EditOutcome, type PeerDraft } from "../edit/index.ts";
import type { Condition, NetworkRuleValue } from "../rules/index.ts";
import { isNode, textOf, tokenWithRole, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import { applyEdits, type Fix } from "../text/index.ts";
import { fixOf, type FixWords } from "./fixes.ts";
import type { LintInput } from "./lint-rule.ts";
import type { Scope, ScopedNetworkRule } from "./scopes.ts";
import { nameOfNetwork, socketsOf } from "./sockets.ts";

/** The first condition of a rule, or of its peer, that bears one of the keys. */
export function conditionNode(tree: SyntaxTree, rule: SyntaxNode, keys: readonly string[]): SyntaxNode | undefined {
  for (const child of rule.children) {
    if (!isNode(child)) continue;
    if (child.kind === "condition") {
      const key = tokenWithRole(child, "key");
      if (key !== undefined && keys.includes(textOf(tree, key))) return child;
    } else if (child.kind === "peer") {
      const found = conditionNode(tree, child, keys);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A network rule without the conditions of these keys, on either side. */
export function withoutConditions(value: NetworkRuleValue, keys: readonly string[]): NetworkRuleValue {
  const rest = (conditions: readonly Condition[]) => conditions.filter(({ key }) => !keys.includes(key));
  return { ...value, local: rest(value.local), peer: rest(value.peer) };
}

/**
 * Ways out of a network rule with addresses: the coarse rule, with the address kept as a wish where the design has a
 * place for it; a deny, which would deny everything, goes.
 */
export function coarseRuleFixes(
  input: LintInput,
  scope: Scope,
  rule: ScopedNetworkRule,
  keys: readonly string[],
): Fix[] {
  const to = withoutConditions(rule.value, keys);
  const coarse = ` \`${nameOfNetwork(to)}\``;
  if (rule.deny) {
    const removal: FixWords = {
      title: "Remove the deny",
      explanation: "Only that address can't be denied with AppArmor there; what no rule allows is refused anyway.",
    };
    const widening: FixWords = {
      title: `Deny all of${coarse}`,
      explanation: "It says what holds on those kernels already.",
    };
    return [...fixOf(removal, removeRule(input.file, rule)), ...fixOf(widening, rewriteRule(input.file, rule, to))];
  }
  const wishes = peerWishes(scope, rule.value);
  const noted = notedWishes(input, wishes);
  const opens = "It opens every address and port of these sockets; enforce the peer beside AppArmor.";
  const changed = rewriteRule(input.file, rule, to);
  return [
    ...(noted === null
      ? []
      : fixOf(
          { title: `Allow${coarse} and keep the peer as a wish in hauberk.json`, explanation: opens },
          changed,
          noted,
        )),
    ...fixOf({ title: `Allow${coarse} without the address`, explanation: opens }, changed),
    ...fixOf(
      { title: "Remove the rule", explanation: "These sockets are refused then, unless another rule allows them." },
      removeRule(input.file, rule),
    ),
  ];
}

/** The peers that a rule wishes for; none where it names neither TCP nor UDP. A wish names the other side: of an own address only loopback says who that is. */
function peerWishes(scope: Scope, value: NetworkRuleValue): PeerDraft[] {
  const { types } = socketsOf(value);
  const protocols = (["tcp", "udp"] as const).filter((protocol) =>
    types === null ? true : types.includes(protocol === "tcp" ? "stream" : "dgram"),
  );
  const sides = [
    { direction: "connect" as const, conditions: value.peer },
    { direction: "listen" as const, conditions: value.local },
  ].filter(({ conditions }) => conditions.some(({ key }) => ["addr", "ip", "port"].includes(key)));
  return sides.flatMap(({ direction, conditions }) =>
    protocols.map((protocol) => ({
      profile: scope.name,
      direction,
      protocol,
      address: addressOf(direction, valueOf(conditions, "ip") ?? valueOf(conditions, "addr"), value.peer),
      port: portOf(valueOf(conditions, "port")),
    })),
  );
}

function addressOf(direction: "connect" | "listen", written: string | null, peer: readonly Condition[]): string {
  if (direction === "connect") return written ?? "any";
  const from = valueOf(peer, "ip") ?? valueOf(peer, "addr");
  const isLoopback = written !== null && /^(?:127\.|::1$)/u.test(written);
  return from ?? (isLoopback ? "loopback" : "any");
}

function valueOf(conditions: readonly Condition[], key: string): string | null {
  return conditions.find((condition) => condition.key === key)?.values[0] ?? null;
}

function portOf(written: string | null): PeerWish["port"] {
  if (written === null) return null;
  return /^\d{1,5}$/u.test(written) ? Number(written) : written;
}

/** The wishes added to `hauberk.json`, one after the other; null where there is no such file or it can't take them. */
function notedWishes({ context }: LintInput, wishes: readonly PeerDraft[]): EditOutcome | null {
  const { configFile, config } = context;
  const missing = wishes.filter((wish) => !(config?.peers ?? []).some((peer) => samePeer(peer, wish)));
  if (configFile === undefined || missing.length === 0) return null;
  let text = configFile.text;
  for (const wish of missing) {
    const outcome = addPeer({ ...configFile, text }, wish);
    if (!outcome.ok) return null;
    for (const { edits } of outcome.edits) text = applyEdits(text, edits);
  }
  return { ok: true, label: "", edits: [{ path: configFile.path, edits: [changedPart(configFile.text, text)] }] };
}

function samePeer(a: PeerDraft, b: PeerDraft): boolean {
  return (["profile", "direction", "protocol", "address", "port"] as const).every((key) => a[key] === b[key]);
}

/** One edit over what differs between two texts. */
function changedPart(before: string, after: string): { range: { start: number; end: number }; newText: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { range: { start, end: before.length - same }, newText: after.slice(start, after.length - same) };
}
