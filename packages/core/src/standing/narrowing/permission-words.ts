/** What reading and writing are called in a kind of rule. */
const readAndWrite: Readonly<Record<string, readonly [read: string, write: string]>> = {
  network: ["receive", "send"],
  unix: ["receive", "send"],
  signal: ["receive", "send"],
  dbus: ["receive", "send"],
  ptrace: ["read", "trace"],
  mqueue: ["read", "write"],
};

/** The operations that words stand for: `rw`, `read` and `write` are short for a kind's own two. */
export function permissionWords(kind: string, words: readonly string[]): ReadonlySet<string> {
  const [read, write] = readAndWrite[kind] ?? ["read", "write"];
  return new Set(
    words.flatMap((word) => {
      if (word === "read") return [read];
      if (word === "write") return [write];
      if (!/^[rw]+$/u.test(word)) return [word];
      return [...(word.includes("r") ? [read] : []), ...(word.includes("w") ? [write] : [])];
    }),
  );
}
