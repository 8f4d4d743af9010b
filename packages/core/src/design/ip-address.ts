/** An IP address or range of them: the bytes (4 or 16) and how many bits of them are fixed. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
  readonly prefix: number;
}

/** Reads `127.0.0.53` or `2001:db8::7`; null for anything else. Leading zeros are refused, as inet_pton(3) does. */
export function readIp(text: string): Omit<IpRange, "prefix"> | null {
  const v4 = readIpv4(text);
  if (v4 !== null) return { family: 4, bytes: v4 };
  const v6 = readIpv6(text);
  return v6 === null ? null : { family: 6, bytes: v6 };
}

function readIpv4(text: string): number[] | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function readIpv6(text: string): number[] | null {
  const halves = text.split("::");
  if (halves.length > 2 || !text.includes(":")) return null;
  const read = halves.map((half, index) => readGroups(half, index === halves.length - 1));
  const [head, tail] = read;
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? null : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** The bytes of groups such as `2001:db8`, at whose end an IPv4 address may stand. */
function readGroups(half: string, last: boolean): number[] | null {
  if (half === "") return [];
  const parts = half.split(":");
  const bytes: number[] = [];
  for (const [place, part] of parts.entries()) {
    const v4 = last && place === parts.length - 1 ? readIpv4(part) : null;
    if (v4 !== null) bytes.push(...v4);
    else if (/^[0-9a-fA-F]{1,4}$/u.test(part))
      bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255);
    else return null;
  }
  return bytes.length <= 16 ? bytes : null;
}

/** The range with its free bits zero. */
export function networkOf({ family, bytes, prefix }: IpRange): IpRange {
  const kept = bytes.map((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefix - at * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
  return { family, bytes: kept, prefix };
}

/** An address in its canonical form (RFC 5952 for IPv6); `/prefix` behind a range, nothing behind one address. */
export function ipText({ family, bytes, prefix }: IpRange): string {
  const address = family === 4 ? bytes.join(".") : ipv6Text(bytes);
  return prefix === (family === 4 ? 32 : 128) ? address : `${address}/${prefix}`;
}

function ipv6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  let best = { at: 0, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    const end = groups.findIndex((group, place) => place >= at && group !== 0);
    const length = (end === -1 ? 8 : end) - at;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length < 2) return hex.join(":");
  return `${hex.slice(0, best.at).join(":")}::${hex.slice(best.at + best.length).join(":")}`;
}
