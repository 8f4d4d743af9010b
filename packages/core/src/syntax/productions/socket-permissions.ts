/** The permissions of network and unix rules, as words. */
export const socketPermissions: ReadonlySet<string> = new Set([
  "create", "bind", "listen", "accept", "connect", "shutdown", "getattr", "setattr", "getopt", "setopt", "send", "receive", "read", "write",
]); // prettier-ignore
