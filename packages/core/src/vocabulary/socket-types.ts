import type { Word } from "./word.ts";

/** The socket types of network rules, in the order of the grid's columns. Debian's parsers know no `dccp`. */
export const socketTypes: readonly Word[] = [
  { name: "stream", sentence: "A connection that carries bytes in order, as TCP does.", since: "3.0.8" },
  { name: "dgram", sentence: "Single messages without a connection, as UDP does.", since: "3.0.8" },
  { name: "seqpacket", sentence: "A connection that carries whole messages in order.", since: "3.0.8" },
  { name: "raw", sentence: "Packets built and seen by the program itself, headers included.", since: "3.0.8" },
  { name: "rdm", sentence: "Messages that arrive for certain but in any order. Only TIPC has them.", since: "3.0.8" },
  { name: "packet", sentence: "The old form of packet sockets; programs of today use `packet raw`.", since: "3.0.8" },
];

/** Protocol words that may stand in the place of a type. */
export const networkProtocols: readonly (Word & {
  /** The socket type it stands for, in `inet` and, where true, `inet6`. */
  readonly type: string;
  readonly inet6: boolean;
})[] = [
  { name: "tcp", sentence: "The same as `stream` in IPv4 and IPv6.", since: "3.0.8", type: "stream", inet6: true },
  { name: "udp", sentence: "The same as `dgram` in IPv4 and IPv6.", since: "3.0.8", type: "dgram", inet6: true },
  { name: "icmp", sentence: "The same as `raw`, in IPv4 only.", since: "3.0.8", type: "raw", inet6: false },
];

/** Operations that a network rule can be limited to. The three kernels of Debian measured enforce each of them. */
export const networkPermissions: readonly Word[] = [
  { name: "create", sentence: "Make a socket.", since: "4.1.0" },
  { name: "bind", sentence: "Take a local address and port.", since: "4.1.0" },
  { name: "listen", sentence: "Wait for connections.", since: "4.1.0" },
  { name: "accept", sentence: "Take a connection that came in.", since: "4.1.0" },
  { name: "connect", sentence: "Open a connection to somebody.", since: "4.1.0" },
  { name: "send", sentence: "Send data.", since: "4.1.0" },
  { name: "receive", sentence: "Receive data.", since: "4.1.0" },
  { name: "shutdown", sentence: "Close one or both directions.", since: "4.1.0" },
  { name: "getattr", sentence: "Ask for the socket's own and its peer's address.", since: "4.1.0" },
  { name: "setattr", sentence: "Change the socket's attributes.", since: "4.1.0" },
  { name: "getopt", sentence: "Read socket options, all of them: they can't be named one by one.", since: "4.1.0" },
  { name: "setopt", sentence: "Set socket options, all of them: they can't be named one by one.", since: "4.1.0" },
  { name: "read", sentence: "The same as `receive`.", since: "4.1.0" },
  { name: "write", sentence: "The same as `send`.", since: "4.1.0" },
  { name: "r", sentence: "Short for `receive`.", since: "4.1.0" },
  { name: "w", sentence: "Short for `send`.", since: "4.1.0" },
  { name: "rw", sentence: "Short for `send` and `receive`.", since: "4.1.0" },
];
