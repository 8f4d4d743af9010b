import { BlockList, isIP } from "node:net";

/** The networks that Express knows by a name. */
const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/**
 * Tells of an address whether it is one of those that are listed.
 *
 * @param listed addresses, networks (`10.0.0.0/8`), or Express's names of networks.
 * @returns the question, or the first entry that is none of these.
 */
export function addressesIn(
  listed: readonly string[],
):
  | { readonly ok: true; readonly holds: (address: string | undefined) => boolean }
  | { readonly ok: false; readonly entry: string } {
  const list = new BlockList();
  for (const entry of listed) {
    for (const network of named[entry] ?? [entry]) {
      if (!addNetwork(list, network)) return { ok: false, entry };
    }
  }
  return {
    ok: true,
    holds(address) {
      const family = isIP(address ?? "");
      return address !== undefined && family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
    },
  };
}

function addNetwork(list: BlockList, network: string): boolean {
  const [, address = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network) ?? [];
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const bits = length === undefined ? longest : Number(length);
  if (family === 0 || bits > longest) return false;
  list.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
  return true;
}
