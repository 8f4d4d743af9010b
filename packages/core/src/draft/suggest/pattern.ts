const mostForms = 128;

/** Values of variables that the packaged tunables give them; `+` stands for "one or more digits". */
const variables: Readonly<Record<string, readonly string[]>> = {
  run: ["/run", "/var/run"],
  sys: ["/sys"],
  PROC: ["/proc"],
  etc_ro: ["/etc", "/usr/etc"],
  etc_rw: ["/etc"],
  multiarch: ["*-linux-gnu*"],
  pid: ["[0-9]*"],
  pids: ["[0-9]*"],
  tid: ["[0-9]*"],
  uid: ["[0-9]*"],
  HOME: ["/home/*", "/root"],
  HOMEDIRS: ["/home"],
  bin: ["/bin", "/usr/bin", "/sbin", "/usr/sbin"],
  lib: ["/lib", "/usr/lib"],
};

/**
 * The forms of a path that AppArmor sees in the end: braces and known variables put in, folders that are links on a system
 * with one /usr in their real place. Null where there are too many, or a variable has no known value.
 */
export function plainForms(glob: string): readonly string[] | null {
  let open = [glob];
  for (let round = 0; round < 16; round++) {
    const next: string[] = [];
    let changed = false;
    for (const pattern of open) {
      const found = /@\{([^}]*)\}/u.exec(pattern) ?? /(?<![\\@])\{([^{}]*)\}/u.exec(pattern);
      if (found === null) {
        next.push(pattern);
        continue;
      }
      const inside = found[1] ?? "";
      const values = found[0].startsWith("@") ? variables[inside] : inside.split(",");
      if (values === undefined) return null;
      changed = true;
      for (const value of values) {
        next.push(pattern.slice(0, found.index) + value + pattern.slice(found.index + found[0].length));
      }
      if (next.length > mostForms) return null;
    }
    open = next;
    if (!changed) return [...new Set(open.map(realPlace))];
  }
  return null;
}

function realPlace(path: string): string {
  return (
    path
      .replace(/\/{2,}/gu, "/")
      .replace(/^\/var\/run(?=\/)/u, "/run")
      .replace(/^\/var\/lock(?=\/)/u, "/run/lock")
      // Links of /proc into the folder of the asking process, and what can only be the number of one.
      .replace(/^\/proc\/net(?=\/)/u, "/proc/[0-9]*/net")
      .replace(/^\/proc\/(?:self|\*)(?=\/)/u, "/proc/[0-9]*")
      .replace(/^\/(?=(?:bin|sbin|lib|lib32|lib64)\/)/u, "/usr/")
  );
}
