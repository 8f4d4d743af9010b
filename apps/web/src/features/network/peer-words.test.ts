import type { PeerWish } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { coarseOffers, nameOfPeer, peerProblems, portOf } from "./peer-words.ts";

const wish: PeerWish = {
  id: "a",
  profile: "p",
  direction: "connect",
  protocol: "udp",
  address: "127.0.0.53",
  port: 53,
};

describe("peer words", () => {
  it("offer the coarse rule of the family, and both families for a name", () => {
    expect(coarseOffers(wish)).toMatchObject([
      { domain: "inet", type: "dgram", title: "Allow all IPv4 UDP with `network inet dgram,`" },
    ]);
    expect(coarseOffers({ ...wish, address: "fd00::/8" }).map(({ domain }) => domain)).toEqual(["inet6"]);
    expect(coarseOffers({ ...wish, address: "dns.example" }).map(({ domain }) => domain)).toEqual(["inet", "inet6"]);
    expect(coarseOffers({ ...wish, address: "no address" })).toEqual([]);
  });

  it("name a peer shortly", () => {
    expect(nameOfPeer(wish)).toBe("127.0.0.53, UDP 53");
    expect(nameOfPeer({ ...wish, protocol: "icmp", port: null })).toBe("127.0.0.53, ICMP");
  });

  it("find what can't be kept, field by field", () => {
    const typed = { protocol: "tcp", address: "::1", port: "", interfaceName: "" } as const;
    expect(peerProblems({ ...typed, port: "80, 8000-8010", interfaceName: "eth0" })).toEqual({});
    expect(portOf("80, 443")).toBe("80,443");
    expect(peerProblems({ ...typed, address: "10.0.0.5/24" }).address).toContain("write 10.0.0.0/24 for the range");
    expect(peerProblems({ ...typed, address: "" }).address).toBeDefined();
    expect(peerProblems({ ...typed, port: "90-80" }).port).toBeDefined();
    expect(peerProblems({ ...typed, interfaceName: "a/b" }).interfaceName).toBeDefined();
    expect(peerProblems({ ...typed, protocol: "icmpv6", port: "80" }).port).toContain("no ports");
  });
});
