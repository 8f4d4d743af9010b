import { companionsOf, type Companion } from "@hauberk/core/companion";
import type { PeerWish } from "@hauberk/core/design";
import { isIPv6 } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Arena, serviceUser, whyNoArena, type Agent } from "./packets/arena.ts";
import { furtherCases, galleryCases, nameCase, type Case } from "./packets/cases.ts";
import type { Place, Probe } from "./packets/commands.ts";
import { isWished, namesPort, portsOf } from "./packets/oracle.ts";

/**
 * What the nftables companions let through, shown by packets between network namespaces: for every service of the gallery
 * and for cases that no example has. Who may speak with whom is worked out from the wishes alone (`packets/oracle.ts`).
 */
const why = whyNoArena();

/** Cables to everybody else: the first for wishes that name no interface. */
const cables = ["out0", "eth0", "eth1"] as const;

/** Everybody else, with the cable at whose end each is: every wish has some of them inside and some outside. */
const strangers: readonly { readonly address: string; readonly cable: number }[] = [
  { address: "10.0.0.7", cable: 0 },
  { address: "10.0.0.8", cable: 1 },
  { address: "10.0.0.9", cable: 2 },
  { address: "203.0.113.9", cable: 0 },
  { address: "203.0.113.10", cable: 2 },
  { address: "2001:db8::7", cable: 0 },
  { address: "2001:db8::8", cable: 2 },
  { address: "fd00:1::7", cable: 1 },
];
const loopbacks = ["127.0.0.1", "127.0.0.53", "::1"];
const protocols = ["tcp", "udp"] as const;

/** A port that no wish names. */
const strangePort = 7;

/** Silence where an answer or error has to come is waited out; where it may come, it is not. */
const patience = { long: 20_000, short: 300 };

/** A try, and what has to come of it. */
interface Expected {
  readonly probe: Probe;
  readonly outcome: "reached" | "refused" | "not reached";
}

function places(hosts: readonly string[], ports: readonly number[]): Place[] {
  return hosts.flatMap((host) => ports.flatMap((port) => protocols.map((protocol) => ({ protocol, host, port }))));
}

/** The own addresses of the service's machine, by cable. */
function ownAddress(cable: number, v6: boolean): string {
  return v6 ? `fd00:200:${cable}::1` : `10.200.${cable}.1`;
}

/** Whether a wish to listen names the port of a place. */
function guards(wishes: readonly PeerWish[], { protocol, port }: Place): boolean {
  return wishes.some((wish) => wish.direction !== "connect" && wish.protocol === protocol && namesPort(wish, port));
}

/** Makes the tries and compares what came of them, all at once. */
async function check(agent: Agent, expected: readonly Expected[]): Promise<void> {
  const outcomes = await agent.probe(expected.map(({ probe }) => probe));
  const lines = expected.map(({ probe: { protocol, from = "", host, port }, outcome }, at) => {
    const found = outcomes[at] ?? "";
    const refused = ["ECONNREFUSED", "EPERM", "EHOSTUNREACH", "EACCES"].includes(found);
    const as = outcome === "not reached" && (refused || found === "silent") ? outcome : refused ? "refused" : found;
    return {
      is: `${protocol} ${from} > ${host} ${port} ${as}`,
      be: `${protocol} ${from} > ${host} ${port} ${outcome}`,
    };
  });
  expect(lines.map(({ is }) => is)).toEqual(lines.map(({ be }) => be));
}

async function hangUp(...agents: readonly Agent[]): Promise<void> {
  for (const agent of agents) await agent.tell({ do: "close" });
}

describe.skipIf(why !== null)(`packets${why === null ? "" : ` (not run: ${why})`}`, () => {
  let arena: Arena;
  let group: string;
  const services: Partial<Record<"group" | "user", Agent>> = {};

  beforeAll(async () => {
    arena = await Arena.open(cables);
    for (const { address, cable } of strangers) await arena.place(address, cable, cables[cable] ?? "");
    group = await arena.controlGroup("service");
    services.group = arena.serve({ controlGroup: group });
    services.user = arena.serve({ user: serviceUser });
  });
  afterAll(async () => {
    await arena.end();
  });

  /** The table of a case, for the arena's own control group or user. */
  async function load({ config }: Case, by: "group" | "user"): Promise<Companion> {
    const owner = by === "group" ? { cgroup: group } : { user: serviceUser };
    const only = config.services.map(({ profile }) => ({ profile, ...owner, companions: ["nftables" as const] }));
    const [companion] = companionsOf({ ...config, services: only }).companions;
    const table = companion?.files.find(({ path }) => path.endsWith(".nft"));
    if (companion === undefined || table === undefined) throw new Error("no table");
    await arena.machine.run("nft flush ruleset");
    // Twice: loading again replaces it.
    await arena.load(table.text);
    await arena.load(table.text);
    return companion;
  }

  /**
   * Everybody listens at every port, and the service tries to reach all of them. Who is not the service does reach them,
   * but for ports of this machine that the table guards because it knows the service by its user alone.
   */
  async function connecting(service: Agent, wishes: readonly PeerWish[], by: "group" | "user"): Promise<void> {
    const ports = [...portsOf(wishes), strangePort];
    const far = strangers.map(({ address }) => address);
    await arena.far.listen(places(far, ports));
    await arena.machine.listen(places(loopbacks, ports));
    const expected = places([...far, ...loopbacks], ports).map((place): Expected => {
      const cable = strangers.find(({ address }) => address === place.host)?.cable;
      const interfaceName = cable === undefined ? "lo" : (cables[cable] ?? "");
      const wished = isWished(wishes, { ...place, began: "connect", peer: place.host, by: interfaceName });
      return { probe: { ...place, patience: patience.long }, outcome: wished ? "reached" : "refused" };
    });
    await check(service, expected);
    const open = expected.filter(
      ({ probe }) => by === "group" || !loopbacks.includes(probe.host) || !guards(wishes, probe),
    );
    await check(
      arena.machine,
      open.map(({ probe }) => ({ probe, outcome: "reached" })),
    );
    await hangUp(arena.far, arena.machine);
  }

  /** The service listens at every port, and everybody tries to reach it. At a port of somebody else's they all can. */
  async function listening(service: Agent, wishes: readonly PeerWish[], by: "group" | "user"): Promise<void> {
    const ports = [...portsOf(wishes), strangePort];
    const own = cables.flatMap((_, cable) => [ownAddress(cable, false), ownAddress(cable, true)]);
    const opened = await service.listen(places([...own, ...loopbacks], ports));
    expect(new Set(opened)).toEqual(new Set(["listening"]));
    const expectation = (place: Place, from: string, interfaceName: string): Expected => {
      const wished = isWished(wishes, { ...place, began: "listen", peer: from, by: interfaceName });
      // By user, packets to a port that no wish names are not told from others', so that only the answers are held. And
      // errors about UDP come back as often as the kernel sees fit.
      const seen =
        by === "group" ||
        wishes.some(
          (wish) => wish.direction !== "connect" && wish.protocol === place.protocol && namesPort(wish, place.port),
        );
      const outcome = wished ? "reached" : seen && place.protocol === "tcp" ? "refused" : "not reached";
      return {
        probe: { ...place, from, patience: outcome === "not reached" ? patience.short : patience.long },
        outcome,
      };
    };
    await check(
      arena.far,
      strangers.flatMap(({ address, cable }) =>
        places([ownAddress(cable, isIPv6(address))], ports).map((place) =>
          expectation(place, address, cables[cable] ?? ""),
        ),
      ),
    );
    await check(
      arena.machine,
      places(loopbacks, ports).map((place) => expectation(place, place.host, "lo")),
    );
    await arena.machine.listen(places(own, [7777]));
    const others = strangers.flatMap(({ address, cable }) =>
      places([ownAddress(cable, isIPv6(address))], [7777]).map((place) => ({ ...place, from: address })),
    );
    await check(
      arena.far,
      others.map((probe) => ({ probe: { ...probe, patience: patience.long }, outcome: "reached" })),
    );
    await hangUp(service, arena.machine);
  }

  const cases = [...galleryCases, ...furtherCases].flatMap((each) =>
    (["group", "user"] as const).map((by) => ({ ...each, by })),
  );
  test.each(cases)(
    "$name, known by its $by: the wished peers are reached, the others refused",
    async ({ by, ...each }) => {
      const companion = await load(each, by);
      const service = services[by];
      if (service === undefined) throw new Error("no service");
      const wishes = companion.peers.map((report) => report.wish);
      await connecting(service, wishes, by);
      await listening(service, wishes, by);
      expect(companion.problems).toEqual([]);
    },
  );

  test("a peer known by name is reached once its name was looked up, and nobody else", async () => {
    const companion = await load(nameCase, "group");
    const script = companion.files.find(({ path }) => path.endsWith("-names.sh"));
    const [port = 0] = portsOf(companion.peers.map((report) => report.wish));
    const at = (host: string): Place => ({ protocol: "tcp", host, port });
    await arena.far.listen([at("203.0.113.9"), at("2001:db8::7"), at("203.0.113.10")]);
    const tries = async (before: Expected["outcome"], after: Expected["outcome"]) => {
      if (services.group === undefined) throw new Error("no service");
      const all = [at("203.0.113.9"), at("2001:db8::7"), at("203.0.113.10")];
      await check(
        services.group,
        all.map((place, index) => ({
          probe: { ...place, patience: patience.long },
          outcome: index < 2 ? before : after,
        })),
      );
    };
    await tries("refused", "refused");
    await arena.machine.run(
      "mount -t tmpfs none /mnt && cat >/mnt/hosts && mount --bind /mnt/hosts /etc/hosts",
      "203.0.113.9 db.example\n2001:db8::7 db.example\n",
    );
    // Twice: an address that is there already stays.
    await arena.machine.run("sh -s", script?.text ?? "exit 1");
    await arena.machine.run("sh -s", script?.text ?? "exit 1");
    await tries("reached", "refused");
    expect(await arena.machine.run("nft list ruleset")).toContain("203.0.113.9");
    await hangUp(arena.far);
  });
});
