/** A wish about a peer, as `hauberk.json` keeps it; the fields that words need. */
export interface WishedPeer {
  readonly direction: "connect" | "listen" | "both";
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number | string | null;
}

/** A coarse rule that would let a wish happen, and what else it opens. */
export interface CoarseOffer {
  readonly domain: "inet" | "inet6";
  readonly type: "stream" | "dgram";
  /** For the button: "Allow all IPv4 TCP with `network inet stream,`". */
  readonly title: string;
  readonly opens: string;
}

/** Which families an address can mean. */
export type AddressKind = "ipv4" | "ipv6" | "range" | "name" | "any";

/** Tells addresses, ranges and names apart; what is none of the numeric forms is a name. */
export function addressKind(address: string): AddressKind {
  const text = address.trim();
  if (text === "" || text === "*" || text === "any") return "any";
  if (text.includes("/")) return "range";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return "ipv4";
  if (text.includes(":")) return "ipv6";
  return "name";
}

const isV6 = (address: string): boolean => address.includes(":");

/** The coarse rules that a wish needs: one family for an address, both for a name. */
export function coarseOffers(wish: WishedPeer): CoarseOffer[] {
  const kind = addressKind(wish.address);
  const families: ("inet" | "inet6")[] =
    kind === "name" || kind === "any" ? ["inet", "inet6"] : isV6(wish.address) ? ["inet6"] : ["inet"];
  const type = wish.protocol === "tcp" ? "stream" : "dgram";
  const protocol = wish.protocol.toUpperCase();
  return families.map((domain) => {
    const version = domain === "inet" ? "IPv4" : "IPv6";
    return {
      domain,
      type,
      title: `Allow all ${version} ${protocol} with \`network ${domain} ${type},\``,
      opens: `It opens every ${version} address and every ${protocol} port, to connect and to listen.`,
    };
  });
}

/** What AppArmor can and can't do for a wish, in one or two sentences. */
export function wishWords(wish: WishedPeer): string {
  const kind = addressKind(wish.address);
  const protocol = wish.protocol.toUpperCase();
  const cannot = {
    ipv4: `No Debian kernel holds a profile to the address ${wish.address}: a rule that names it is widened to all of IPv4 ${protocol} without a message.`,
    ipv6: `No Debian kernel holds a profile to the address ${wish.address}: a rule that names it is widened to all of IPv6 ${protocol} without a message.`,
    range: `AppArmor's language has no address ranges: ${wish.address} can't be written in a rule at all.`,
    name: `AppArmor knows no host names: ${wish.address} can't be written in a rule, and its addresses may change.`,
    any: `Any address is what AppArmor can say: ${protocol} as a whole, by family.`,
  }[kind];
  const port =
    wish.port === null || kind === "range" || kind === "name"
      ? ""
      : ` The port ${wish.port} is dropped in the same way.`;
  const direction =
    wish.direction === "both"
      ? ""
      : ` Only the direction can be held, by parsers from 4.0 on: \`network (${wish.direction === "connect" ? "create, connect, send, receive" : "create, bind, listen, accept, send, receive"}) …\`.`;
  const beside =
    kind === "any"
      ? ""
      : " To hold the address, use systemd's `IPAddressDeny=any` with `IPAddressAllow=`, or nftables, beside the profile.";
  return `${cannot}${port}${direction}${beside}`;
}

/** What is wrong with a wish that is being typed, by field; empty where it can be kept. */
export function wishProblems(wish: { readonly address: string; readonly port: string }): {
  readonly address?: string;
  readonly port?: string;
} {
  const address = wish.address.trim();
  const port = wish.port.trim();
  const problems: { address?: string; port?: string } = {};
  if (address === "") problems.address = "An address, a range, a name, or `any`.";
  else if (/\s/.test(address)) problems.address = "One address or name a wish, without blanks.";
  else if (/^[\d.]+$/.test(address) && !validV4(address))
    problems.address = "An IPv4 address has four numbers from 0 to 255.";
  if (port !== "" && !validPort(port))
    problems.port = "A port from 1 to 65535, a range such as `8000-8010`, or nothing for any.";
  return problems;
}

function validV4(address: string): boolean {
  const parts = address.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function validPort(port: string): boolean {
  const parts = port.split("-");
  if (parts.length > 2 || !parts.every((part) => /^\d{1,5}$/.test(part))) return false;
  const numbers = parts.map(Number);
  return numbers.every((number) => number >= 1 && number <= 65_535) && (numbers[0] ?? 0) <= (numbers.at(-1) ?? 0);
}
