import type { ParserVersion, Word } from "./word.ts";

function word(name: string, sentence: string, since: ParserVersion = "3.0.8"): Word {
  return { name, sentence, since };
}

/** Permissions of `signal` rules. */
export const signalPermissions: readonly Word[] = [
  word("send", "Send signals to the peer. The peer's profile must allow receiving them."),
  word("receive", "Take signals from the peer."),
  word("read", "The same as `receive`."),
  word("write", "The same as `send`."),
  word("r", "Short for `receive`."),
  word("w", "Short for `send`."),
  word("rw", "Short for both."),
];

/** Permissions of `ptrace` rules. */
export const ptracePermissions: readonly Word[] = [
  word("read", "Look into the peer through /proc: its memory map, its environment, its open files."),
  word("readby", "Let the peer look into this program."),
  word("trace", "Control the peer as a debugger does: read and write its memory, run code in it."),
  word("tracedby", "Let the peer control this program."),
  word("r", "Short for `read`."),
  word("w", "Short for `trace`."),
  word("rw", "Short for `read` and `trace`."),
];

/** Permissions of `unix` rules. */
export const unixPermissions: readonly Word[] = [
  word("create", "Make a socket."),
  word("bind", "Give it an address."),
  word("listen", "Wait for connections."),
  word("accept", "Take a connection that came in."),
  word("connect", "Open a connection to the peer."),
  word("send", "Send data."),
  word("receive", "Receive data."),
  word("shutdown", "Close one or both directions."),
  word("getattr", "Ask for the socket's own and its peer's address."),
  word("setattr", "Change the socket's attributes."),
  word("getopt", "Read socket options."),
  word("setopt", "Set socket options."),
  word("read", "The same as `receive`."),
  word("write", "The same as `send`."),
  word("r", "Short for `receive`."),
  word("w", "Short for `send`."),
  word("rw", "Short for both."),
];

/** Permissions of `dbus` rules. The bus daemon enforces them, on kernels that offer the feature: of Debian's measured ones 7.2 only. */
export const dbusPermissions: readonly Word[] = [
  word("send", "Send messages to the peer."),
  word("receive", "Take messages from the peer."),
  word("bind", "Own a name on the bus."),
  word("eavesdrop", "See everybody's messages."),
  word("read", "The same as `receive`."),
  word("write", "The same as `send`."),
  word("r", "Short for `receive`."),
  word("w", "Short for `send`."),
  word("rw", "Short for both."),
];

/** Permissions of `mqueue` rules. None of Debian's measured kernels mediates message queues by them. */
export const mqueuePermissions: readonly Word[] = [
  word("create", "Make a queue.", "4.1.0"),
  word("open", "Open a queue.", "4.1.0"),
  word("delete", "Delete a queue.", "4.1.0"),
  word("read", "Take messages.", "4.1.0"),
  word("write", "Put messages.", "4.1.0"),
  word("getattr", "Ask for the queue's attributes.", "4.1.0"),
  word("setattr", "Change the queue's attributes.", "4.1.0"),
  word("r", "Short for `read`.", "4.1.0"),
  word("w", "Short for `write`.", "4.1.0"),
  word("rw", "Short for both.", "4.1.0"),
];

/** Permissions of `io_uring` rules. */
export const ioUringPermissions: readonly Word[] = [
  word("sqpoll", "Let a kernel thread watch the queue of requests.", "4.1.0"),
  word("override_creds", "Run requests with other rights than its own.", "4.1.0"),
];

/** Permissions of `userns` rules. */
export const usernsPermissions: readonly Word[] = [
  word("create", "Make user namespaces, in which the program holds every capability.", "4.1.0"),
];

/** Socket types that a `unix` rule's `type=` can name. */
export const unixSocketTypes: readonly Word[] = [
  word("stream", "A connection that carries bytes in order."),
  word("dgram", "Single messages."),
  word("seqpacket", "A connection that carries whole messages."),
];
