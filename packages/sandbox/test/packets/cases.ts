import { readConfig, type HauberkConfig } from "@hauberk/core/design";
import { startingPoints } from "@hauberk/core/gallery";

/** A design's wishes with one service; the arena knows the service by a control group or user of its own. */
export interface Case {
  readonly name: string;
  readonly config: HauberkConfig;
}

/** Every service of every starting point, as it is first shown. */
export const galleryCases: readonly Case[] = startingPoints.flatMap((point): Case[] => {
  const outcome = point.make({});
  const file = outcome.ok ? outcome.design.files.find(({ path }) => path === "hauberk.json") : undefined;
  const config = configFrom(file?.text ?? "");
  return config.services.map((service) => ({
    name: `${point.id}: ${service.profile}`,
    config: { ...config, services: [service] },
  }));
});

const wish = { profile: "p", direction: "connect", protocol: "tcp", address: "any", port: null };

/** What no example has: every word, range and list, both protocols, both versions. */
export const furtherCases: readonly Case[] = [
  made("one address, a range and lists of ports, by both protocols and versions", [
    { ...wish, id: "a", address: "10.0.0.7", port: 443 },
    { ...wish, id: "b", protocol: "udp", address: "2001:db8::/64", port: "53,5353" },
    { ...wish, id: "c", direction: "listen", protocol: "udp", address: "fd00::/8", port: 161 },
    { ...wish, id: "d", direction: "listen", address: "203.0.113.0/28", port: "8000-8002" },
  ]),
  made("by interface alone, and anything on the machine itself", [
    { ...wish, id: "a", direction: "both", port: 4000, interface: "eth1" },
    { ...wish, id: "b", direction: "both", protocol: "udp", address: "loopback" },
  ]),
  made("one version alone, and private networks", [
    { ...wish, id: "a", address: "0.0.0.0/0", port: "80,443" },
    { ...wish, id: "b", direction: "both", protocol: "udp", address: "localnet", port: 123 },
  ]),
];

/** A case whose peer is known by its name alone. */
export const nameCase: Case = made("a host name", [{ ...wish, id: "a", address: "db.example", port: 5432 }]);

function made(name: string, peers: readonly object[]): Case {
  return { name, config: configFrom(JSON.stringify({ format: 1, name: "case", peers, services: [{ profile: "p" }] })) };
}

function configFrom(text: string): HauberkConfig {
  const reading = readConfig(text);
  if (!reading.ok) throw new Error(reading.errors.map(({ message }) => message).join("; "));
  return reading.config;
}
