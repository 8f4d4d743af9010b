import type { PeerWish } from "@hauberk/core/design";
import { BlockList, isIPv6 } from "node:net";

/** One conversation: who began it, with whom, at which port, by which interface. */
export interface Conversation {
  readonly began: "connect" | "listen";
  readonly protocol: "tcp" | "udp";
  readonly peer: string;
  readonly port: number;
  readonly by: string;
}

/** What the words for addresses mean, told here once more. */
const words: Readonly<Record<string, readonly string[]>> = {
  any: ["0.0.0.0/0", "::/0"],
  loopback: ["127.0.0.0/8", "::1/128"],
  localnet: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** Whether wishes allow a conversation, worked out from their words with Node's own lists of addresses. */
export function isWished(wishes: readonly PeerWish[], { began, protocol, peer, port, by }: Conversation): boolean {
  return wishes.some(
    (wish) =>
      (wish.direction === began || wish.direction === "both") &&
      wish.protocol === protocol &&
      (wish.interface === undefined || wish.interface === by) &&
      (wish.port === null || namesPort(wish, port)) &&
      isWithin(wish.address, peer),
  );
}

/** Whether a wish names the port by itself. */
export function namesPort({ port: named }: PeerWish, port: number): boolean {
  return (
    named !== null &&
    String(named)
      .split(",")
      .some((part) => {
        const [low = "", high = low] = part.split("-");
        return Number(low) <= port && port <= Number(high);
      })
  );
}

function isWithin(address: string, peer: string): boolean {
  const list = new BlockList();
  for (const range of words[address] ?? [address]) {
    const [net = "", bits = isIPv6(net) ? "128" : "32"] = range.split("/");
    list.addSubnet(net, Number(bits), isIPv6(net) ? "ipv6" : "ipv4");
  }
  return list.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
}

/** The first and last port of each wish. */
export function portsOf(wishes: readonly PeerWish[]): number[] {
  const named = wishes.flatMap(({ port }) => (port === null ? [] : String(port).split(/[,-]/u).map(Number)));
  return [...new Set(named)];
}
