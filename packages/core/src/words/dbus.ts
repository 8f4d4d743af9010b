import type { PeerRuleValue } from "../rules/index.ts";
import { listed } from "./lists.ts";
import { permissionSet, programsUnder, sayNamed, valuesOf } from "./names.ts";
import { phrase, type Phrase } from "./phrase.ts";

const notMediated = "Of Debian's kernels only 7.2 lets the bus hold programs to such rules.";

/** A dbus rule in words. */
export function sayDbus({ permissions, local, peer }: PeerRuleValue): Phrase {
  const asked = permissionSet(permissions, "receive", "send");
  const bus = busWords(valuesOf(local, "bus")[0]);
  const own = valuesOf(local, "name")[0];
  const message = messageWords(local);
  const whole = message === "" && peer.length === 0 && own === undefined;
  const binds = asked.has("bind") || own !== undefined;
  const said: string[] = [];
  const sends = asked.has("send") || (asked.size === 0 && own === undefined);
  const receives = asked.has("receive") || (asked.size === 0 && own === undefined);
  const who = peerWords(peer);
  const verb = sends && receives ? "send and receive" : sends ? "send" : "receive";
  const toward = who === "" ? "" : ` ${sends && receives ? "to and from" : sends ? "to" : "from"} ${who}`;
  if (sends || receives) said.push(`${verb} messages${message}${toward}`);
  if (binds || (asked.size === 0 && whole)) {
    said.push(own === undefined ? "own any name" : `own ${sayNamed("name", "names", own)}`);
  }
  if (asked.has("eavesdrop")) said.push("see everybody's messages");
  const act = said.length === 0 ? "use" : `${listed(said)} on`;
  const danger = asked.has("eavesdrop") ? "high" : whole && sends ? "medium" : "low";
  return phrase(`${act} ${bus}`, danger, [notMediated]);
}

function busWords(bus: string | undefined): string {
  if (bus === undefined) return "any D-Bus";
  if (bus === "system") return "the system's D-Bus";
  if (bus === "session") return "the session's D-Bus";
  return sayNamed("D-Bus named", "D-Buses named", bus);
}

/** Which messages: of a method or signal, an interface, an object. */
function messageWords(local: PeerRuleValue["local"]): string {
  const member = valuesOf(local, "member")[0];
  const face = valuesOf(local, "interface")[0];
  const object = valuesOf(local, "path")[0];
  const said = [
    ...(member === undefined ? [] : [sayNamed("member", "members", member)]),
    ...(face === undefined ? [] : [sayNamed("interface", "interfaces", face)]),
    ...(object === undefined ? [] : [sayNamed("object", "objects", object)]),
  ];
  return said.length === 0 ? "" : ` of ${said.join(" of ")}`;
}

function peerWords(peer: PeerRuleValue["peer"]): string {
  const name = valuesOf(peer, "name")[0];
  const label = valuesOf(peer, "label")[0];
  const owner = name === undefined ? "" : `who owns ${sayNamed("name", "names", name)}`;
  const under = label === undefined ? "" : programsUnder(label);
  if (under === "") return owner;
  return owner === "" ? under : `${under}, if one of them owns ${sayNamed("name", "names", name ?? "")}`;
}
