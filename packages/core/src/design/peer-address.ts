import { ipText, networkOf, readIp, type IpRange } from "./ip-address.ts";

/** Words that stand for addresses, in the order in which they are offered. */
export const addressWords = ["any", "loopback", "localnet", "link-local", "multicast"] as const;

export type AddressWord = (typeof addressWords)[number];

/** What each word means; `any` means no list. */
export const addressWordRanges: Readonly<Record<Exclude<AddressWord, "any">, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1"],
  localnet: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
  "link-local": ["169.254.0.0/16", "fe80::/10"],
  multicast: ["224.0.0.0/4", "ff00::/8"],
};

/** What the address of a peer says. */
export type PeerAddress =
  | { readonly kind: "word"; readonly word: AddressWord }
  /** One address, or a range; `text` is its canonical form. */
  | { readonly kind: "ip"; readonly range: IpRange; readonly text: string }
  | { readonly kind: "name"; readonly name: string };

/** The address, or why it is none, for the person. */
export type PeerAddressReading =
  | { readonly ok: true; readonly address: PeerAddress }
  | { readonly ok: false; readonly reason: string };

/** Reads the address of a peer: a word, an address, a range `10.0.0.0/24`, or a host name. */
export function readPeerAddress(written: string): PeerAddressReading {
  const text = written.trim();
  if (text === "") return refuse("an address, a range such as `10.0.0.0/24`, a host name, or `any`");
  const word = text === "*" ? "any" : text.toLowerCase() === "localhost" ? "loopback" : text;
  const known = addressWords.find((each) => each === word);
  if (known !== undefined) return { ok: true, address: { kind: "word", word: known } };
  return oddForm(text) ?? readRange(text) ?? readName(text);
}

/** Forms that people know from elsewhere and that mean something else here. */
function oddForm(text: string): PeerAddressReading | null {
  if (/\s|,/u.test(text))
    return refuse("one address, range or name in a peer, without blanks and commas: add a peer for each");
  if (text.includes("://")) return refuse("only the name or address, without the `…://` and what stands behind it");
  if (text.startsWith("[")) return refuse("an IPv6 address without brackets; the port has a field of its own");
  if (/^[^:]+:\d+$/u.test(text)) return refuse("only the address: the port has a field of its own");
  if (text.includes("%")) return refuse("the address without `%…`: the interface has a field of its own");
  return null;
}

/** Null for what is no number: a name. */
function readRange(text: string): PeerAddressReading | null {
  const slash = text.indexOf("/");
  const address = readIp(slash === -1 ? text : text.slice(0, slash));
  if (address === null) {
    if (slash !== -1)
      return refuse("a range is an IP address, `/` and the number of fixed bits, such as `10.0.0.0/24`");
    if (text.includes(":"))
      return refuse("this is no IPv6 address: eight groups of up to four hexadecimal digits, `::` once");
    if (/^[\d.]+$/u.test(text)) return refuse("an IPv4 address has four numbers from 0 to 255, without leading zeros");
    return null;
  }
  const bits = address.family === 4 ? 32 : 128;
  const prefixText = slash === -1 ? String(bits) : text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/u.test(prefixText) || Number(prefixText) > bits)
    return refuse(`behind the \`/\` stands the number of fixed bits, from 0 to ${bits}`);
  return checkedRange({ ...address, prefix: Number(prefixText) });
}

function checkedRange(range: IpRange): PeerAddressReading {
  const { family, bytes, prefix } = range;
  const bits = family === 4 ? 32 : 128;
  if (prefix === bits && bytes.every((byte) => byte === 0))
    return refuse(
      `this stands for every address of the machine itself; who may be spoken with is \`any\`, or \`${ipText(range)}/0\``,
    );
  const mapped = family === 6 && prefix >= 96 && bytes.every((byte, at) => at > 11 || byte === (at > 9 ? 255 : 0));
  if (mapped) {
    const inner: IpRange = { family: 4, bytes: bytes.slice(12), prefix: prefix - 96 };
    return refuse(
      `this is an IPv4 address in the clothes of IPv6, and its packets are IPv4: write \`${ipText(inner)}\``,
    );
  }
  const network = networkOf(range);
  if (network.bytes.some((byte, at) => byte !== bytes[at])) {
    const one = ipText({ ...range, prefix: bits });
    return refuse(
      `bits are set behind the first ${prefix}: write \`${ipText(network)}\` for the range, or \`${one}\` for the one address`,
    );
  }
  return { ok: true, address: { kind: "ip", range, text: ipText(range) } };
}

/** Letters, digits, `-` and `_` between dots: nothing that a shell, systemd or nft reads otherwise. */
function readName(text: string): PeerAddressReading {
  const name = text.toLowerCase().replace(/\.$/u, "");
  const labels = name.split(".");
  const good = name.length <= 253 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/u.test(label));
  // A last label of digits would be read as a number by resolvers.
  if (!good || /^(?:\d+|0x[0-9a-f]*)$/u.test(labels.at(-1) ?? ""))
    return refuse(
      "a host name has letters, digits and `-` between its dots; names in other scripts are written as `xn--…`",
    );
  return { ok: true, address: { kind: "name", name } };
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** A range of ports, both ends in it. */
export interface PortRange {
  readonly low: number;
  readonly high: number;
}

/** The ports of a wish, null for any: `80`, `8000-8010`, `80,443,8000-8010`. Undefined where the text is none of these. */
export function readPorts(port: number | string | null): readonly PortRange[] | null | undefined {
  if (port === null) return null;
  const ranges: PortRange[] = [];
  for (const part of String(port).split(",")) {
    const match = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/u.exec(part);
    if (match === null) return undefined;
    const low = Number(match[1]);
    const high = Number(match[2] ?? match[1]);
    if (low < 1 || high > 65_535 || low > high) return undefined;
    ranges.push({ low, high });
  }
  return ranges;
}

/** True for a name that the kernel and systemd take for a network interface, without what nft reads as a pattern. */
export function isInterfaceName(text: string): boolean {
  return /^(?=.*[A-Za-z_])[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/u.test(text) && text !== "all" && text !== "default";
}
