import * as fc from "fast-check";
import { isIPv4, isIPv6 } from "node:net";
import { describe, expect, test } from "vitest";
import { isInterfaceName, peerWishProblem, readIp, readPeerAddress, readPorts } from "./index.ts";

/** The canonical form, or the reason. */
function read(text: string): string {
  const reading = readPeerAddress(text);
  if (!reading.ok) return `no: ${reading.reason}`;
  const { address } = reading;
  return (
    { word: "word", ip: "ip", name: "name" }[address.kind] +
    " " +
    ("word" in address ? address.word : "text" in address ? address.text : address.name)
  );
}

describe("the address of a peer", () => {
  test.each([
    ["any", "word any"],
    ["*", "word any"],
    ["localhost", "word loopback"],
    ["localnet", "word localnet"],
    ["127.0.0.53", "ip 127.0.0.53"],
    ["10.0.0.0/8", "ip 10.0.0.0/8"],
    ["0.0.0.0/0", "ip 0.0.0.0/0"],
    ["192.0.2.7/32", "ip 192.0.2.7"],
    ["2001:DB8:0:0:0:0:0:7", "ip 2001:db8::7"],
    ["2001:db8::/32", "ip 2001:db8::/32"],
    ["::1", "ip ::1"],
    ["::/0", "ip ::/0"],
    ["1:0:0:2:0:0:0:3", "ip 1:0:0:2::3"],
    ["Mail.Example.org.", "name mail.example.org"],
    ["_dns.example", "name _dns.example"],
  ])("%s is read", (text, expected) => expect(read(text)).toBe(expected));

  test.each([
    ["", /an address/],
    ["10.0.0.5/24", /write `10\.0\.0\.0\/24` for the range, or `10\.0\.0\.5`/],
    ["2001:db8::7/64", /write `2001:db8::\/64`/],
    ["10.0.0.0/33", /from 0 to 32/],
    ["300.1.1.1", /four numbers from 0 to 255/],
    ["010.0.0.1", /leading zeros/],
    ["[::1]", /without brackets/],
    ["10.0.0.1:80", /port has a field of its own/],
    ["https://example.org/", /only the name/],
    ["fe80::1%eth0", /interface has a field/],
    ["::ffff:10.0.0.1", /write `10\.0\.0\.1`/],
    ["0.0.0.0", /every address of the machine itself/],
    ["::", /every address of the machine itself/],
    ["a b", /without blanks/],
    ["10.0.0.1,10.0.0.2", /a peer for each/],
    ["1::2::3", /no IPv6 address/],
    ["exämple.org", /xn--/],
    ['x" accept; #', /without blanks/],
    ["$(id).example", /letters, digits/],
    ["example.org/24", /a range is an IP address/],
  ])("%s is refused with what to write", (text, expected) => expect(read(text)).toMatch(expected));

  test("addresses are told as Node tells them", () => {
    const near = fc.string({ unit: fc.constantFrom(...Array.from("0123456789abf:.")), maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(near, fc.ipV4(), fc.ipV6()), (text) => {
        expect(readIp(text)?.family ?? 0).toBe(isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);
      }),
      { numRuns: 2000 },
    );
  });

  test("the canonical form is read as itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const once = readPeerAddress(text);
        if (!once.ok || once.address.kind !== "ip") return;
        expect(read(once.address.text)).toBe(`ip ${once.address.text}`);
      }),
    );
  });

  test("nothing that is taken can end a word of a shell, of nft or of systemd", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const said = read(text);
        expect(said.startsWith("no: ") || /^\w+ [a-z0-9._:/-]+$/.test(said)).toBe(true);
        expect(isInterfaceName(text) ? /^[\w.-]+$/.test(text) : true).toBe(true);
      }),
    );
  });
});

test("ports are one, a range, or a list", () => {
  expect(readPorts(null)).toBeNull();
  expect(readPorts(80)).toEqual([{ low: 80, high: 80 }]);
  expect(readPorts("80, 443,8000-8010")).toHaveLength(3);
  for (const odd of ["", "0", "90-80", "65536", "80;", "80,", "1-2-3"]) expect(readPorts(odd)).toBeUndefined();
});

test("interfaces are names that the kernel and systemd take, and no patterns", () => {
  expect(["eth0", "enp0s31f6", "br-lan", "vlan.10", "_x"].filter((name) => !isInterfaceName(name))).toEqual([]);
  const odd = [
    "",
    "eth0 ",
    "eth*",
    "a/b",
    "..",
    "all",
    "default",
    "12",
    "a-name-too-long-for-it",
    'e"',
    "-x",
    "eth0:1",
  ];
  expect(odd.filter(isInterfaceName)).toEqual([]);
});

test("a wish says what its protocol can't have", () => {
  const wish = { address: "any", port: null, protocol: "icmp" } as const;
  expect(peerWishProblem(wish)).toBeNull();
  expect(peerWishProblem({ ...wish, port: 80 })).toMatchObject({
    key: "port",
    reason: "ICMP has no ports: leave the port open",
  });
  expect(peerWishProblem({ ...wish, address: "::1" })).toMatchObject({ key: "address" });
  expect(peerWishProblem({ ...wish, protocol: "icmpv6", address: "::1" })).toBeNull();
});
