import type { PeerMatch } from "./peer-match.ts";
import { portText } from "./peer-match.ts";

/** The AppArmor rules that a wish comes to, in three dialects. */
export interface ApparmorRules {
  /** What every parser reads: a family and a type of socket. */
  readonly coarse: readonly string[];
  /** What parsers from 4.0 read and all kernels measured hold: the direction, too. */
  readonly byOperation: readonly string[];
  /**
   * What parsers from 4.0 read and only a kernel that mediates addresses (`af_inet`) holds: the nearest to the wish. Every
   * Debian kernel up to 7.2 widens these without a word (docs/apparmor-facts.md).
   */
  readonly fine: readonly string[];
  /** What even the fine rules can't say of the wish: ranges, names, interfaces. */
  readonly unsaid: readonly string[];
}

/** For a socket of any use: making it, looking at it and setting it, and closing it. */
const always = ["create", "getattr", "setattr", "getopt", "setopt", "shutdown"];

/** The operations beside `always`, by side. What connects must not listen, and what listens must not connect. */
const operations = { connect: ["connect"], listen: ["bind", "listen", "accept"] } as const;

/** The rules of a wish. Dialects and what each kernel does with them are measured: docs/apparmor-facts.md. */
export function apparmorRules(match: PeerMatch): ApparmorRules {
  const domains = [...match.families.keys()].map((family) => (family === 4 ? "inet" : "inet6"));
  const sockets = domains.flatMap((domain) => match.protocol.types.map((type) => `${domain} ${type}`));
  return {
    coarse: sockets.map((socket) => `network ${socket},`),
    byOperation: sockets.map((socket) => `network (${operationsOf(match, socket).join(", ")}) ${socket},`),
    fine: sockets.flatMap((socket) => fineRules(match, socket)),
    unsaid: unsaid(match),
  };
}

function operationsOf({ connects, listens }: PeerMatch, socket: string): string[] {
  const used: string[] = [
    ...always,
    ...(connects ? operations.connect : []),
    ...(listens ? operations.listen : []),
    "send",
    "receive",
  ];
  return socket.endsWith(" stream") || socket.endsWith(" seqpacket")
    ? used
    : used.filter((operation) => operation !== "listen" && operation !== "accept");
}

/** No peer can stand beside creating, binding and listening (all parsers refuse it), so there are two kinds of rule. */
function fineRules(match: PeerMatch, socket: string): string[] {
  const { connects, listens, protocol } = match;
  const ports =
    protocol.hasPorts && match.ports !== null ? match.ports.map((range) => `port=${portText(range)}`) : [""];
  const address =
    match.address.kind === "ip" && match.address.range.prefix === (match.address.range.family === 4 ? 32 : 128);
  const ip = address && match.address.kind === "ip" ? `ip=${match.address.text}` : "";
  const isStream = socket.endsWith(" stream") || socket.endsWith(" seqpacket");
  const withPeer = (granted: string, local: string, peer: string): string =>
    `network (${granted}) ${[socket, local].filter((part) => part !== "").join(" ")}${peer === "" ? "" : ` peer=(${peer})`},`;
  return [
    `network (${always.join(", ")}) ${socket},`,
    ...(connects
      ? ports.map((port) => withPeer("connect, send, receive", "", [ip, port].filter((part) => part !== "").join(" ")))
      : []),
    ...(listens
      ? ports.flatMap((port) => [
          withPeer(isStream ? "bind, listen" : "bind", port, ""),
          withPeer(isStream ? "accept, send, receive" : "send, receive", port, ip),
        ])
      : []),
  ];
}

function unsaid({ wish, address, protocol }: PeerMatch): string[] {
  const { types } = protocol;
  return [
    ...(address.kind === "name" ? ["a host name"] : []),
    ...(address.kind === "word" && address.word !== "any" ? [`what \`${address.word}\` stands for: a range`] : []),
    ...(address.kind === "ip" &&
    address.range.prefix !== (address.range.family === 4 ? 32 : 128) &&
    address.range.prefix !== 0
      ? ["a range of addresses"]
      : []),
    ...(wish.interface === undefined ? [] : ["an interface, before parser 5.0"]),
    ...(protocol.name === "tcp" || protocol.name === "udp"
      ? []
      : [`${protocol.label} itself: its sockets are of the type ${types.map((type) => `\`${type}\``).join(" or ")}`]),
  ];
}
