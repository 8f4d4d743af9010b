import { describe, expect, it } from "vitest";

import { addressKind, coarseOffers, wishProblems, wishWords } from "./peer-words.ts";

const wish = { direction: "connect", protocol: "udp", address: "127.0.0.53", port: 53 } as const;

describe("peer words", () => {
  it("tells the kinds of addresses apart", () => {
    expect(["10.0.0.1", "::1", "10.0.0.0/8", "example.org", "any"].map(addressKind)).toEqual([
      "ipv4",
      "ipv6",
      "range",
      "name",
      "any",
    ]);
  });

  it("offers the coarse rule of the family, and both families for a name", () => {
    expect(coarseOffers(wish)).toMatchObject([
      { domain: "inet", type: "dgram", title: "Allow all IPv4 UDP with `network inet dgram,`" },
    ]);
    expect(coarseOffers({ ...wish, address: "fd00::/8" }).map(({ domain }) => domain)).toEqual(["inet6"]);
    expect(coarseOffers({ ...wish, address: "dns.example" }).map(({ domain }) => domain)).toEqual(["inet", "inet6"]);
  });

  it("never pretends that an address holds", () => {
    expect(wishWords(wish)).toContain("No Debian kernel");
    expect(wishWords(wish)).toContain("port 53");
    expect(wishWords({ ...wish, address: "10.0.0.0/8" })).toContain("no address ranges");
    expect(wishWords({ ...wish, address: "dns.example" })).toContain("no host names");
    expect(wishWords(wish)).toContain("IPAddressAllow");
  });

  it("finds what can't be kept", () => {
    expect(wishProblems({ address: "300.1.1.1", port: "" }).address).toBeDefined();
    expect(wishProblems({ address: "", port: "" }).address).toBeDefined();
    expect(wishProblems({ address: "::1", port: "0" }).port).toBeDefined();
    expect(wishProblems({ address: "::1", port: "90-80" }).port).toBeDefined();
    expect(wishProblems({ address: "::1", port: "8000-8010" })).toEqual({});
  });
});
