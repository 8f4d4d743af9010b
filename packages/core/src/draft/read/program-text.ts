/** Folders whose paths in a program's text mean files of the machine; others are as likely addresses of a web page. */
const roots = ["etc", "var", "run", "dev", "proc", "sys", "usr", "srv", "opt", "lib", "bin", "sbin"];

/** Shorter and longer runs of signs are chance or data. */
const shortest = 6;
const longest = 200;
const mostPaths = 400;

/**
 * Absolute paths that stand as a text of their own in a program's bytes: a NUL before and behind. Where one is printed
 * into (`/dev/ptp%d`) the place becomes a glob. Cost: linear in the bytes.
 */
export function pathsInProgram(bytes: Uint8Array): string[] {
  const found = new Set<string>();
  for (let at = bytes.indexOf(0x2f); at !== -1 && found.size < mostPaths;) {
    const begins = at === 0 || bytes[at - 1] === 0;
    let end = at;
    while (end < bytes.length && end - at <= longest && isPlain(bytes[end] ?? 0)) end++;
    if (begins && bytes[end] === 0 && end - at >= shortest) {
      const path = readPath(bytes.subarray(at, end));
      if (path !== null) found.add(path);
    }
    at = bytes.indexOf(0x2f, Math.max(end, at + 1));
  }
  return [...found];
}

/** Names of capabilities in texts for libcap, as `cap_net_raw=ep`: without their `cap_`. Cost: linear in the bytes. */
export function capabilitiesInProgram(bytes: Uint8Array): string[] {
  const found = new Set<string>();
  for (let at = bytes.indexOf(0x3d); at !== -1; at = bytes.indexOf(0x3d, at + 1)) {
    let start = at;
    while (start > 0 && at - start < longest && (isPlain(bytes[start - 1] ?? 0) || bytes[start - 1] === 0x2c)) start--;
    const before = String.fromCharCode(...bytes.subarray(start, at));
    if (!/^(?:cap_[a-z_]+,?)+$/u.test(before)) continue;
    for (const name of before.split(",")) if (name !== "") found.add(name.slice(4));
  }
  return [...found];
}

/** Letters, digits and `% + - . / : @ _ ~`. */
function isPlain(byte: number): boolean {
  if (byte >= 0x61 && byte <= 0x7a) return true;
  if (byte >= 0x2b && byte <= 0x3a) return byte !== 0x2c;
  return (byte >= 0x40 && byte <= 0x5a) || byte === 0x5f || byte === 0x25 || byte === 0x7e;
}

function readPath(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes);
  const root = /^\/+([a-z]+)\//u.exec(text)?.[1];
  if (root === undefined || !roots.includes(root) || text.includes("/../")) return null;
  const path = text
    .replace(/\/{2,}/gu, "/")
    .replace(/%(?:0?\d*)(?:l{0,2}|z|h{0,2})[dux]/gu, "[0-9]*")
    .replace(/%(?:\d|\.|\*|-)*s/gu, "*");
  return /[%:~]/u.test(path) ? null : path;
}
