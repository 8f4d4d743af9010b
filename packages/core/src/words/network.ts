import type { Condition, NetworkRuleValue } from "../rules/index.ts";
import { networkCellWords, networkDomainNamed, networkProtocols, wordNamed } from "../vocabulary/index.ts";
import { code, codes, listed } from "./lists.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";
import { onlyOperations, operationWords } from "./socket-operations.ts";

/** A network rule in words. */
export function sayNetwork(value: NetworkRuleValue, { access }: Manner): Phrase {
  const { domain, type, protocol, permissions, local, peer } = value;
  const denied = access === "deny";
  const operations = operationWords(permissions, denied);
  const sockets = socketWords(domain, protocol ?? type, denied);
  const reach = operations === null && !denied && isInternet(value) ? ", in and out, with any address and port" : "";
  const act = onlyOperations(sockets, operations, denied);
  const asked = [...askedWords(local, "the socket's own"), ...askedWords(peer, "the peer's")];
  return phrase(`${act}${reach}`, networkCellWords(domain, protocol ?? type).danger, [
    asked.length === 0 ? null : notHeld(asked, access),
    needsNetRaw(value) && !denied ? "It needs the capability `net_raw` as well." : null,
    domain === null && type === "raw" && !denied
      ? "For IP packets and whole network packets it needs the capability `net_raw` as well."
      : null,
    sleeps(domain, protocol ?? type) ? "No kernel of today has such sockets, so the rule never matches." : null,
  ]);
}

/** Debian's kernels have no mediation of addresses: such a rule is widened (measured with 6.1, 6.12 and 7.2). */
function notHeld(asked: readonly string[], access: Manner["access"]): string {
  return access === "allow"
    ? `The rule asks for only ${listed(asked)}, but no Debian kernel up to 7.2 holds it to that: everything else of the kind is open too.`
    : `The rule is meant for only ${listed(asked)}, but no Debian kernel up to 7.2 can tell that apart: all of the kind is refused.`;
}

/** What the conditions of one side ask for: the peer's address `10.0.0.1` and port `53`. */
function askedWords(conditions: readonly Condition[], whose: string): readonly string[] {
  let said = false;
  return conditions.map(({ key, values }) => {
    if (values.length === 1 && values[0] === "none")
      return whose === "the socket's own" ? "a socket without an address" : "a peer without an address";
    const shown = codes(values, "or");
    if (key === "interface") return `the interface ${shown}`;
    const noun = key === "ip" || key === "addr" ? "address" : key === "port" || key === "label" ? key : code(key);
    const owner = said ? "" : `${whose} `;
    said = true;
    return `${owner}${noun} ${shown}`;
  });
}

function isInternet({ domain, type, protocol }: NetworkRuleValue): boolean {
  if (protocol !== null && domain === null) return true;
  return (domain === "inet" || domain === "inet6") && type !== "rdm" && type !== "packet";
}

function needsNetRaw({ domain, type, protocol }: NetworkRuleValue): boolean {
  if (domain === "packet" || domain === "xdp") return true;
  const raw = type === "raw" || protocol === "icmp";
  return raw && (domain === "inet" || domain === "inet6" || (domain === null && protocol !== null));
}

/** True for a pair of which the kernel has no sockets. */
function sleeps(domain: string | null, type: string | null): boolean {
  const family = domain === null ? undefined : networkDomainNamed(domain);
  if (family === undefined) return false;
  const plain = type === null ? null : (wordNamed(networkProtocols, type)?.type ?? type);
  return plain === null ? family.types.length === 0 : !family.types.includes(plain);
}

const internetTypes: ReadonlyMap<string, string> = new Map([
  ["stream", "TCP over"],
  ["tcp", "TCP over"],
  ["dgram", "UDP over"],
  ["udp", "UDP over"],
  ["seqpacket", "SCTP over"],
  ["raw", "raw packets of"],
  ["icmp", "raw packets of"],
]);

const familyNames: ReadonlyMap<string, string> = new Map([
  ["unix", "unix sockets, which join programs of the machine"],
  ["netlink", "netlink sockets, which speak with the kernel"],
  ["packet", "packet sockets, which see and send whole network packets"],
]);

/** The sockets of a family and type, in words. */
function socketWords(domain: string | null, type: string | null, denied: boolean): string {
  if (domain === null && type === null) return denied ? "any socket at all" : "sockets of every kind";
  if (domain === null) return typeWords(type ?? "", denied);
  const family = domain === "inet" ? "IPv4" : domain === "inet6" ? "IPv6" : null;
  if (family !== null) {
    const said = type === null ? "" : internetTypes.get(type);
    if (said === "") return `${denied ? "any" : "every"} kind of ${family} socket (TCP, UDP and raw packets)`;
    return said === undefined ? `${code(type ?? "")} sockets of ${family}` : `${said} ${family}`;
  }
  const ofType = type === null ? "" : `, of the type ${code(type)}${denied ? "" : " only"}`;
  const known = familyNames.get(domain);
  if (known !== undefined) return `${known}${ofType}`;
  const sentence = networkDomainNamed(domain)?.sentence.split(/[.;]/u)[0];
  const about = sentence === undefined ? "" : ` (${sentence})`;
  return `sockets of the family ${code(domain)}${about}${ofType}`;
}

/** What a type without a family takes in. */
const familiesAmong: ReadonlyMap<string, string> = new Map([
  ["stream", "TCP, unix sockets"],
  ["dgram", "UDP, unix sockets, netlink"],
  ["seqpacket", "SCTP, unix sockets, Bluetooth"],
]);

function typeWords(type: string, denied: boolean): string {
  const ofAll = denied ? "any family" : "every family";
  if (type === "icmp") return "raw packets of IPv4";
  if (wordNamed(networkProtocols, type) !== undefined)
    return `${internetTypes.get(type) ?? type} IPv4 ${denied ? "or" : "and"} IPv6`;
  if (type === "raw") return `raw sockets of ${ofAll}, IP packets, whole network packets and netlink among them`;
  const among = familiesAmong.get(type);
  return `sockets of the type ${code(type)} of ${ofAll}${among === undefined ? "" : ` (${among} and others)`}`;
}
