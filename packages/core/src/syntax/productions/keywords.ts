/** The words that the general lexer never takes for a name; taken together from the keywords of parser 5.0. */
const keywords: ReadonlySet<string> = new Set([
  "network", "unix", "capability", "if", "else", "not", "defined", "change_profile", "unsafe", "safe", "link", "owner", "user",
  "other", "subset", "audit", "deny", "allow", "prompt", "set", "rlimit", "alias", "rewrite", "ptrace", "file", "mount", "remount",
  "umount", "unmount", "pivot_root", "in", "dbus", "signal", "send", "receive", "bind", "read", "write", "eavesdrop", "peer",
  "trace", "tracedby", "readby", "abi", "userns", "mqueue", "delete", "open", "io_uring", "override_creds", "sqpoll", "all",
  "priority", "and", "or", "hat", "profile",
]); // prettier-ignore

/** True for a word that is a keyword wherever the general lexer reads it. */
export function isKeyword(word: string): boolean {
  return keywords.has(word);
}
