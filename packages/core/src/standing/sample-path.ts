import type { RuleValue } from "../rules/index.ts";

/** What variables of every release stand for, one way of many. */
const likelyValues: Readonly<Record<string, string>> = {
  HOME: "/home/a",
  HOMEDIRS: "/home/",
  PROC: "/proc/",
  bin: "/usr/bin",
  etc_ro: "/etc",
  etc_rw: "/etc",
  lib: "/usr/lib",
  multiarch: "x86_64-linux-gnu",
  pid: "1",
  pids: "1",
  run: "/run",
  sys: "/sys/",
  tid: "1",
  uid: "1000",
};

/**
 * A path that a rule of files may speak of, null where none comes to mind. It is only a first place to look for a difference
 * at, so it may be wrong.
 */
export function samplePath(value: RuleValue): string | null {
  const path = value.kind === "file" || value.kind === "link" ? value.path : null;
  if (path === null) return null;
  const plain = path
    .replaceAll(/@\{(\w+)\}/gu, (use, name: string) => likelyValues[name] ?? use)
    .replaceAll(/\{([^{},]*)[^{}]*\}/gu, "$1")
    .replaceAll(/\*+|\?/gu, "a")
    .replaceAll(/\[([^\]^])[^\]]*\]/gu, "$1")
    .replaceAll(/\/{2,}/gu, "/");
  return /[@{}[\]\\"]/u.test(plain) ? null : plain;
}
