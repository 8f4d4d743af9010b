import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfig, viewFile, type HauberkConfig } from "../design/index.ts";
import { companionsOf, type Companion } from "./index.ts";

const wish = { id: "a", profile: "p", direction: "connect", protocol: "tcp", address: "10.0.0.7", port: 443 };
const service = { profile: "p", unit: "p.service" };

function configOf(peers: readonly object[], services: readonly object[] = [service]): HauberkConfig {
  const reading = readConfig(JSON.stringify({ format: 1, name: "x", peers, services }));
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("; "));
  return reading.config;
}

function companionOf(
  peers: readonly object[],
  services: readonly object[] = [service],
  profileText?: string,
): Companion {
  const views = profileText === undefined ? [] : [viewFile("apparmor.d/p", profileText)];
  const [companion] = companionsOf(configOf(peers, services), views).companions;
  if (companion === undefined) throw new Error("no companion");
  return companion;
}

/** The lines of a file that say something. */
function linesOf(companion: Companion, ending: string): string[] {
  const file = companion.files.find(({ path }) => path.endsWith(ending));
  return (file?.text ?? "").split("\n").flatMap((line) => (/^\s*(?:#|$)/u.test(line) ? [] : [line.trim()]));
}

const dropIn = (companion: Companion) => linesOf(companion, "50-hauberk.conf");
const table = (companion: Companion) => linesOf(companion, ".nft");

const rules = (...lines: string[]) => `profile p /bin/p {\n${lines.join("\n")}\n}\n`;
const familiesOf = (text: string) =>
  dropIn(companionOf([wish], [service], text)).filter((line) => line.startsWith("RestrictAddress"));
const ownersBy = (more: object) =>
  table(companionOf([wish], [{ profile: "p", ...more }])).filter((line) => /^(?:socket|meta skuid)/u.test(line));
const pathsBy = (more: object) =>
  companionOf([wish], [{ profile: "p", companions: ["nftables"], ...more }]).files.map(({ path }) => path);

/** Paths and lines of all files of a profile's companion, without comments and the line that names the profile. */
function bareLines(profile: string, note: string): string[] {
  const peers = [
    { ...wish, profile, note, address: "db.example" },
    { ...wish, id: "b", profile, note, direction: "both" },
  ];
  return companionOf(peers, [{ profile, unit: "p.service" }]).files.flatMap(({ path, text }) => [
    path,
    ...text.split("\n").filter((line) => !/^\s*(?:#|AppArmorProfile=|$)/u.test(line)),
  ]);
}

describe("the drop-in of systemd", () => {
  test("lists addresses, ports to bind and interfaces where every peer of the service has them", () => {
    const companion = companionOf([
      { ...wish, interface: "eth0" },
      { ...wish, id: "b", direction: "listen", protocol: "udp", address: "loopback", port: "53,8000-8010" },
    ]);
    expect(dropIn(companion)).toEqual([
      "[Service]",
      "AppArmorProfile=p",
      "IPAddressDeny=any",
      "IPAddressAllow=10.0.0.7",
      "IPAddressAllow=127.0.0.0/8",
      "IPAddressAllow=::1",
      "SocketBindDeny=any",
      "SocketBindAllow=udp:53",
      "SocketBindAllow=udp:8000-8010",
      "RestrictNetworkInterfaces=eth0 lo",
    ]);
  });

  test("has no list of addresses beside a peer that is open to all or known by name, and says so", () => {
    const open = companionOf([wish, { ...wish, id: "b", direction: "listen", address: "any", port: 80 }]);
    expect(dropIn(open).join("\n")).not.toContain("IPAddress");
    expect(open.peers[0]?.holds.systemd).toMatchObject({
      degree: "nothing",
      words: expect.stringContaining("`b` is open to every address"),
    });
    const named = companionOf([{ ...wish, address: "db.example" }]);
    expect(named.peers[0]?.holds.systemd.words).toContain("systemd looks no names up");
  });

  test("allows the families of the wishes and of the profile's own rules, or leaves the setting out", () => {
    expect(
      familiesOf(rules("network inet stream,", "network packet raw,", "deny network bluetooth,", "network tcp,")),
    ).toEqual(["RestrictAddressFamilies=AF_UNIX AF_INET AF_NETLINK AF_PACKET"]);
    expect(familiesOf(rules("network,"))).toEqual([]);
    expect(familiesOf(rules("all,"))).toEqual([]);
  });

  test("names no profile that systemd would not read as it stands", () => {
    for (const profile of ["a b", "p%n", "x\\n"]) {
      const companion = companionOf([{ ...wish, profile }], [{ profile, unit: "p.service" }]);
      expect(dropIn(companion).join("\n")).not.toContain("AppArmorProfile");
    }
  });
});

describe("the table of nftables", () => {
  test("knows the service by its control group, else by its user", () => {
    expect(ownersBy({ unit: "p.service", user: "joe" })).toEqual([
      'socket cgroupv2 level 2 "system.slice/p.service" goto leaving',
      'socket cgroupv2 level 2 "system.slice/p.service" goto arriving',
    ]);
    expect(ownersBy({ unit: "p@1.service", cgroup: String.raw`system.slice/system-p.slice/p@1.service` })).toHaveLength(
      2,
    );
    expect(ownersBy({ user: "joe" })).toEqual(['meta skuid "joe" goto leaving']);
    expect(ownersBy({ user: "1000" })).toEqual(["meta skuid 1000 goto leaving"]);
  });

  test("of a template's unit is not made without the control group, and says how to find it", () => {
    const { problems, files } = companionOf([wish], [{ profile: "p", unit: "p@.service", companions: ["nftables"] }]);
    expect(problems.join("\n")).toContain("systemctl show -p ControlGroup");
    expect(files).toEqual([]);
  });

  test("is loaded by the service itself, and by user at boot", () => {
    expect(pathsBy({ unit: "p.service" })).toEqual([
      "etc/hauberk/nftables/p.nft",
      "etc/systemd/system/p.service.d/51-hauberk-nftables.conf",
    ]);
    expect(pathsBy({ user: "joe" })).toEqual([
      "etc/hauberk/nftables/p.nft",
      "etc/systemd/system/hauberk-nftables-p.service",
    ]);
    expect(pathsBy({ unit: "p.service" })).not.toContain("names");
  });

  test("joins ports that overlap, which nft would refuse", () => {
    const joined = table(companionOf([{ ...wish, port: "80-90,85-100,80" }])).filter((line) =>
      line.includes('comment "a"'),
    );
    expect(joined[0]).toContain("tcp dport 80-100 ");
  });
});

describe("a design's companions", () => {
  test("hold the wishes of child profiles with those of the service they run in", () => {
    const config = configOf(
      [
        wish,
        { ...wish, id: "b", profile: "p//child" },
        { ...wish, id: "c", profile: "p//other" },
        { ...wish, id: "d", profile: "q" },
      ],
      [service, { profile: "p//other", unit: "other.service" }],
    );
    const { companions, unserved } = companionsOf(config);
    expect(companions.map(({ peers }) => peers.map((report) => report.wish.id))).toEqual([["a", "b"], ["c"]]);
    expect(unserved).toMatchObject([
      { wish: { id: "d" }, risk: expect.stringContaining("Nobody holds the address and the peer's port") },
    ]);
  });

  test("are refused where nothing tells two services apart", () => {
    const two = companionsOf(
      configOf(
        [wish, { ...wish, id: "b", profile: "q" }],
        [
          { profile: "p", user: "joe" },
          { profile: "q", user: "joe" },
        ],
      ),
    );
    expect(two.companions.map(({ files }) => files)).toEqual([[], []]);
    expect(two.companions[0]?.problems.join("\n")).toContain("the user `joe` is also that of the profile `q`");
  });

  test("of profiles whose names look alike have names of their own", () => {
    const names = ["a/b", "a_b", "a b", "ä", "π"].map(
      (profile) => companionOf([{ ...wish, profile }], [{ profile, user: "joe" }]).stem,
    );
    expect(new Set(names).size).toBe(5);
  });

  test("say what AppArmor's rules for a wish are, in each dialect", () => {
    const [udp, range] = companionOf([
      { ...wish, protocol: "udp", port: "53,5353" },
      { ...wish, id: "b", direction: "listen", address: "2001:db8::/32" },
    ]).peers;
    expect(udp?.apparmor.coarse).toEqual(["network inet dgram,"]);
    expect(udp?.apparmor.fine.slice(1)).toEqual([
      "network (connect, send, receive) inet dgram peer=(ip=10.0.0.7 port=53),",
      "network (connect, send, receive) inet dgram peer=(ip=10.0.0.7 port=5353),",
    ]);
    expect(range?.apparmor).toMatchObject({ coarse: ["network inet6 stream,"], unsaid: ["a range of addresses"] });
  });

  test("leave out a peer that can't be read, and say so", () => {
    const { peers, problems } = companionOf([
      { ...wish, address: "not an address" },
      { ...wish, id: "b" },
    ]);
    expect(peers[0]).toMatchObject({
      unsound: expect.stringContaining("without blanks"),
      risk: expect.stringContaining("mend"),
    });
    expect(problems.join("\n")).toContain("left out");
  });

  test("warn of what passes by them", () => {
    const { warnings } = companionOf(
      [wish],
      [service],
      "profile p /bin/p {\n  capability net_admin,\n  network packet raw,\n}\n",
    );
    expect(warnings.join("\n")).toMatch(/nobody holds[\s\S]*take the table away/u);
  });

  test("no text of a design leaves its place in a file", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.constantFrom('a"\n}\nflush ruleset', "$(reboot)", "%n", "\\", "a\u2028b", "#", "'; id '", "]\u0085[Service]"),
    );
    const plain = bareLines("plain-plain", "");
    fc.assert(
      fc.property(hostile, fc.string({ unit: "binary" }), (profile, note) => {
        const peers = [{ ...wish, profile, note }];
        if (!readConfig(JSON.stringify({ format: 1, name: "x", services: [{ profile }], peers })).ok) return;
        const { stem } = companionOf(peers, [{ profile, unit: "p.service" }]);
        expect(bareLines(profile, note)).toEqual(plain.map((line) => line.replaceAll("plain-plain", stem)));
      }),
      { numRuns: 300 },
    );
  });
});
