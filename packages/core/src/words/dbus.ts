import type { PeerRuleValue } from "../rules/index.ts";
import { listed } from "./lists.ts";
import { permissionSet, programsUnder, sayNamed, valuesOf } from "./names.ts";
import { kindNotes, type Manner, phrase, type Phrase } from "./phrase.ts";

/** A dbus rule in words. */
export function sayDbus({ permissions, local, peer }: PeerRuleValue, { access }: Manner): Phrase {
  const joiner = access === "deny" ? "or" : "and";
  const asked = permissionSet(permissions, "receive", "send");
  const bus = busWords(valuesOf(local, "bus")[0]);
  const own = valuesOf(local, "name")[0];
  const message = messageWords(local);
  const whole = message === "" && peer.length === 0 && own === undefined;
  const binds = asked.has("bind") || own !== undefined;
  const said: string[] = [];
  const sends = asked.has("send") || (asked.size === 0 && own === undefined);
  const receives = asked.has("receive") || (asked.size === 0 && own === undefined);
  if (sends || receives) {
    const verbs = [...(sends ? ["send"] : []), ...(receives ? ["receive"] : [])];
    const ways = [...(sends ? ["to"] : []), ...(receives ? ["from"] : [])];
    said.push(exchangeWords(listed(verbs, joiner), listed(ways, joiner), message, peerWords(peer), bus));
  }
  const place = said.length === 0 ? `on ${bus}` : "there";
  if (binds || (asked.size === 0 && whole)) {
    said.push(`own ${own === undefined ? "any name" : sayNamed("name", "names", own, "that")} ${place}`);
  }
  // A rule without any word on what or whom is one for eavesdropping too.
  const overhears = asked.has("eavesdrop") || (asked.size === 0 && whole);
  if (overhears) said.push(`see everybody's messages ${said.length === 0 ? `on ${bus}` : "there"}`);
  const danger = overhears ? "high" : whole && sends ? "medium" : "low";
  return phrase(said.length === 0 ? `use ${bus}` : listed(said, joiner), danger, [kindNotes.dbus]);
}

function exchangeWords(verb: string, way: string, message: string, peer: string, bus: string): string {
  if (message === "") return `${verb} messages ${peer === "" ? "" : `${way} ${peer} `}over ${bus}`;
  return `${verb} ${message}${peer === "" ? "" : `, ${way} ${peer}`}, over ${bus}`;
}

function busWords(bus: string | undefined): string {
  if (bus === undefined) return "any D-Bus";
  if (bus === "system") return "the system's D-Bus";
  if (bus === "session") return "the session's D-Bus";
  return sayNamed("D-Bus named", "D-Buses named", bus);
}

/** Which messages: of a name, an interface, an object. */
function messageWords(local: PeerRuleValue["local"]): string {
  const member = valuesOf(local, "member")[0];
  const face = valuesOf(local, "interface")[0];
  const object = valuesOf(local, "path")[0];
  if (member === undefined && face === undefined && object === undefined) return "";
  const what = member === undefined ? "messages" : sayNamed("message", "messages", member);
  const ofFace = face === undefined ? "" : ` of ${sayNamed("interface", "interfaces", face)}`;
  const ofObject = object === undefined ? "" : ` on ${sayNamed("object", "objects", object, "whose path")}`;
  return `${what}${ofFace}${ofObject}`;
}

function peerWords(peer: PeerRuleValue["peer"]): string {
  const name = valuesOf(peer, "name")[0];
  const label = valuesOf(peer, "label")[0];
  const owner = name === undefined ? "" : `the owner of ${sayNamed("name", "names", name, "that")}`;
  const under = label === undefined ? "" : programsUnder(label);
  if (under === "") return owner;
  return owner === "" ? under : `${under}, if one of them owns ${sayNamed("name", "names", name ?? "", "that")}`;
}
