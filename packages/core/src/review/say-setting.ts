import type { HauberkConfig, LoweringChoice, PeerWish, ServiceSettings } from "../design/index.ts";
import { entriesOf, type SettingPlace } from "../edit/index.ts";
import { peerProtocolNamed } from "../vocabulary/index.ts";
import { code, codes } from "../words/index.ts";

const directions: Readonly<Record<PeerWish["direction"], string>> = {
  connect: "connect to",
  listen: "listen for",
  both: "connect to and listen for",
};

/** What is wished for a peer. */
export function sayPeer({ profile, direction, protocol, address, port, interface: device }: PeerWish): string {
  const { label } = peerProtocolNamed(protocol);
  const ports = port === null ? "" : `, port ${code(String(port))}`;
  const by = device === undefined ? "" : `, by the interface ${code(device)}`;
  return `${code(profile)} is meant to ${directions[direction]} ${code(address)} over ${label}${ports}${by}.`;
}

/** What is said of a service. */
export function sayService({ profile, unit, user, cgroup, companions }: ServiceSettings): string {
  const parts = [
    ...(unit === undefined ? [] : [`the unit ${code(unit)}`]),
    ...(user === undefined ? [] : [`the user ${code(user)}`]),
    ...(cgroup === undefined ? [] : [`the control group ${code(cgroup)}`]),
  ];
  const held =
    companions.length === 0
      ? "nothing holds it to its peers beside AppArmor"
      : `${codes(companions)} hold it to its peers`;
  return `Under ${code(profile)} runs ${parts.length === 0 ? "a service without a name" : parts.join(", ")}; ${held}.`;
}

/** What is chosen for a rule that a target can't have. */
export function sayLowering({ target, rule, answer, instead, companion }: LoweringChoice): string {
  const where = target === "*" ? "Wherever it can't be had as written" : `For ${code(target)}`;
  const how = answer ?? (instead === null ? "omit" : "text");
  if (how === "omit") return `${where}, ${code(rule)} is left out.`;
  if (how === "coarse") return `${where}, ${code(rule)} is shipped as the coarser rule that also opens more.`;
  if (how === "companion") {
    return `${where}, ${code(rule)} is shipped coarser, and ${code(companion ?? "systemd")} is to hold the rest.`;
  }
  return `${where}, ${code(instead ?? "")} is shipped for ${code(rule)}.`;
}

/** What a setting is called. */
export function settingName({ key, entry }: SettingPlace): string {
  if (entry === null) {
    const known = keyNames.get(key);
    return known === undefined ? `What stands under ${code(key)}` : known;
  }
  if (key === "peers") return `The peer ${code(entry)}`;
  if (key === "services") return `The service under ${code(entry)}`;
  const [target = "", rule = ""] = entry.split("\n");
  return `What is shipped to ${target === "*" ? "every target" : code(target)} for ${code(rule)}`;
}

const keyNames: ReadonlyMap<string, string> = new Map([
  ["name", "The name of the design"],
  ["description", "The description of the design"],
  ["startedFrom", "What the design was started from"],
]);

/** What an entry of a list says, as a sentence; null where there is none, or it says no more than its text. */
export function saySetting({ peers, services, lowering }: HauberkConfig, { key, entry }: SettingPlace): string | null {
  if (entry === null) return null;
  const peer = key === "peers" ? peers.find(({ id }) => id === entry) : undefined;
  if (peer !== undefined) return sayPeer(peer);
  const service = key === "services" ? services.find(({ profile }) => profile === entry) : undefined;
  if (service !== undefined) return sayService(service);
  const choice = key === "lowering" ? lowering.find((each) => entriesOf(key, [each])?.has(entry)) : undefined;
  return choice === undefined ? null : sayLowering(choice);
}
