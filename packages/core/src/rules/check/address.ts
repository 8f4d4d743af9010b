/** True for an IPv4 address in dotted form: four decimal numbers without leading zeros. */
function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part) && Number(part) <= 255);
}

/** True for an IPv6 address as inet_pton(3) reads it; an IPv4 address may stand at its end. */
function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === "") continue;
    const parts = half.split(":");
    for (const [place, part] of parts.entries()) {
      const last = index === halves.length - 1 && place === parts.length - 1;
      if (last && part.includes(".")) {
        if (!isIpv4(part)) return false;
        groups += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/u.test(part)) {
        groups++;
      } else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

/** True for what `ip=` takes: an address without a range, or `none`. */
export function isAddress(text: string): boolean {
  return text === "none" || isIpv4(text) || isIpv6(text);
}

function portNumber(text: string): number | null {
  if (!/^\s*[+]?\d+$/u.test(text)) return null;
  const port = Number(text);
  return port <= 65535 ? port : null;
}

/** True for what `port=` takes: a number up to 65535, or a range `from-to`. */
export function isPort(text: string): boolean {
  const dash = text.indexOf("-");
  if (dash === -1) return portNumber(text) !== null;
  const from = portNumber(text.slice(0, dash));
  const to = portNumber(text.slice(dash + 1));
  return from !== null && to !== null && from <= to;
}
