import { effectiveQualifiers, type ProfileRule } from "../design/index.ts";
import type { RuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { networkProtocols, wordNamed } from "../vocabulary/index.ts";

/** Families and types of sockets; null means all of them. */
export interface NetworkReach {
  readonly domains: readonly string[] | null;
  readonly types: readonly string[] | null;
}

/**
 * What `network DOMAIN TYPE PROTOCOL`, `unix` or `all` reaches on the kernels of today, which drop addresses; null for rules of
 * other kinds. A protocol is a type of inet and inet6: `network tcp,` compiles to the stream of both, `icmp` to raw of inet.
 */
export function reachOfRule(value: RuleValue): NetworkReach | null {
  if (value.kind === "all") return { domains: null, types: null };
  if (value.kind === "unix") {
    // What names a peer or an address opens single sockets, not the family.
    const narrowed = value.permissions.length + value.local.length + value.peer.length > 0;
    return narrowed ? null : { domains: ["unix"], types: null };
  }
  if (value.kind !== "network") return null;
  // `network tcp,` may be read as a type or as a protocol: the word is the same.
  const word = value.protocol ?? value.type;
  const protocol = word === null ? undefined : wordNamed(networkProtocols, word);
  const type = protocol?.type ?? value.type;
  const families = protocol === undefined ? null : protocol.inet6 ? ["inet", "inet6"] : ["inet"];
  return { domains: value.domain === null ? families : [value.domain], types: type === null ? null : [type] };
}

/** What rules open, those of a family together. A family that a rule denies wholly is closed, whatever opens it. */
export function networkReach(
  rules: readonly { readonly tree: SyntaxTree; readonly placed: ProfileRule }[],
): NetworkReach[] {
  const open: NetworkReach[] = [];
  const closed = new Set<string>();
  let allClosed = false;
  for (const { tree, placed } of rules) {
    const reach = reachOfRule(placed.rule.value);
    if (reach === null) continue;
    if (effectiveQualifiers(tree, placed).access !== "deny") open.push(reach);
    else if (reach.types === null) {
      if (reach.domains === null) allClosed = true;
      for (const domain of reach.domains ?? []) closed.add(domain);
    }
  }
  if (allClosed) return [];
  const all = open.filter(({ domains }) => domains === null);
  const byDomain = new Map<string, Set<string> | null>();
  for (const { domains, types } of open) {
    for (const domain of domains ?? []) {
      if (closed.has(domain)) continue;
      const before = byDomain.get(domain);
      if (types === null || before === null) byDomain.set(domain, null);
      else byDomain.set(domain, new Set([...(before ?? []), ...types]));
    }
  }
  const single = [...byDomain].map(([domain, types]): NetworkReach => ({
    domains: [domain],
    types: types === null ? null : [...types],
  }));
  return [...all, ...single];
}

/** What is open, in words that follow "opens": `all TCP and UDP to any address, and `netlink raw` sockets`; null for nothing. */
export function networkOpenings(reach: readonly NetworkReach[]): string | null {
  if (reach.length === 0) return null;
  if (reach.some(({ domains, types }) => domains === null && types === null))
    return "every kind of socket to any address";
  const typesOf = new Map(reach.flatMap(({ domains, types }) => (domains ?? []).map((domain) => [domain, types])));
  const said: string[] = [];
  const has = (domain: string, type: string) => {
    const types = typesOf.get(domain);
    return types !== undefined && (types === null || types.includes(type));
  };
  const internet = (["inet", "inet6"] as const).filter((domain) => typesOf.has(domain));
  if (internet.length > 0) {
    const version = internet.length === 2 ? "" : internet[0] === "inet" ? " over IPv4" : " over IPv6";
    const kinds = (
      [
        ["stream", "TCP"],
        ["dgram", "UDP"],
        ["raw", "raw packets"],
      ] as const
    ).flatMap(([type, title]) => (internet.some((domain) => has(domain, type)) ? [title] : []));
    const whole = internet.some((domain) => typesOf.get(domain) === null);
    said.push(
      whole ? `every internet socket${version} to any address` : `all ${listed(kinds)}${version} to any address`,
    );
  }
  for (const { domains, types } of reach) {
    if (domains === null) said.push(types === null ? "every family" : `\`${listed(types)}\` sockets of every family`);
    else if (domains[0] !== "inet" && domains[0] !== "inet6") {
      said.push(`\`${domains[0] ?? ""}${types === null ? "" : ` ${types.join(", ")}`}\` sockets`);
    }
  }
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")}, and ${said.at(-1) ?? ""}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
