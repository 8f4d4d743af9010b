import type { NetworkRuleValue } from "../rules/index.ts";
import { networkProtocols, wordNamed } from "../vocabulary/index.ts";
import type { ScopedNetworkRule } from "./scopes.ts";

/** Which sockets a network rule names; null is "every". */
export interface SocketSet {
  readonly domains: readonly string[] | null;
  readonly types: readonly string[] | null;
}

/** The sockets that a rule names, its conditions and operations left aside. */
export function socketsOf({ domain, type, protocol, local, peer }: NetworkRuleValue): SocketSet {
  const word = wordNamed(networkProtocols, protocol ?? type ?? "");
  const ip = word?.inet6 === false ? ["inet"] : ["inet", "inet6"];
  const conditional = local.length > 0 || peer.length > 0;
  const anyDomain = word !== undefined || conditional ? ip : null;
  return {
    domains: domain === null ? anyDomain : [domain],
    types: word !== undefined ? [word.type] : type === null ? null : [type],
  };
}

/** True where every socket of `inner` is one of `outer`. */
export function coversSockets(outer: SocketSet, inner: SocketSet): boolean {
  return coversList(outer.domains, inner.domains) && coversList(outer.types, inner.types);
}

function coversList(outer: readonly string[] | null, inner: readonly string[] | null): boolean {
  if (outer === null) return true;
  return inner !== null && inner.every((item) => outer.includes(item));
}

/** True for a rule that names every socket: the bare `network,`. */
export function isBareNetwork({ value }: ScopedNetworkRule): boolean {
  const sockets = socketsOf(value);
  return sockets.domains === null && sockets.types === null && value.permissions.length === 0;
}

/** `network inet stream`, as it is spoken of in messages. */
export function nameOfNetwork({ domain, type, protocol }: NetworkRuleValue): string {
  return ["network", domain, type, protocol].filter((word) => word !== null).join(" ");
}

/** Abstractions of Debian 12 that hold network rules, themselves or through what they include. */
export const openingAbstractions: readonly string[] = [
  "abstractions/nameservice",
  "abstractions/apache2-common",
  "abstractions/kde-open5",
  "abstractions/samba-rpcd",
];
