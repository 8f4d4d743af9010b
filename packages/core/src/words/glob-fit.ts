import { readSigns, type Sign } from "./glob.ts";

/** What variables come to at the beginning of a path; with the slash that some values end in, and without it. */
const folders: ReadonlyMap<string, readonly string[]> = new Map([
  ["HOME", ["/home/user", "/home/user/"]],
  ["HOMEDIRS", ["/home", "/home/"]],
  ["PROC", ["/proc", "/proc/"]],
  ["sys", ["/sys", "/sys/"]],
  ["run", ["/run", "/run/"]],
  ["etc_ro", ["/etc", "/etc/"]],
  ["etc_rw", ["/etc", "/etc/"]],
]);

/** True where a glob fits a path. Variables that are not well known fit nothing. */
export function fitsGlob(glob: string, path: string): boolean {
  return ends(readSigns(glob), path, new Set([0])).has(path.length);
}

/** Where in the path the signs may end that began at one of `starts`. */
function ends(signs: readonly Sign[], path: string, starts: ReadonlySet<number>): ReadonlySet<number> {
  let at = starts;
  for (const sign of signs) {
    const next = new Set<number>();
    for (const start of at) for (const end of endsOf(sign, path, start)) next.add(end);
    if (next.size === 0) return next;
    at = next;
  }
  return at;
}

function endsOf(sign: Sign, path: string, start: number): Iterable<number> {
  switch (sign.kind) {
    case "text":
      return path.startsWith(sign.text, start) ? [start + sign.text.length] : [];
    case "variable":
      return (folders.get(sign.name) ?? [])
        .filter((value) => path.startsWith(value, start))
        .map((value) => start + value.length);
    case "star":
      return upTo(start, nextSlash(path, start));
    case "deep":
      return upTo(start, path.length);
    case "one":
      return start < path.length && path[start] !== "/" ? [start + 1] : [];
    case "class":
      return start < path.length && isInClass(sign.inside, path.charAt(start)) ? [start + 1] : [];
    case "choice":
      return sign.items.flatMap((item) => [...ends(item, path, new Set([start]))]);
  }
}

function nextSlash(path: string, start: number): number {
  const slash = path.indexOf("/", start);
  return slash === -1 ? path.length : slash;
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** `abc`, `a-z` and `^…` of a class. */
function isInClass(inside: string, character: string): boolean {
  const negated = inside.startsWith("^");
  const body = negated ? inside.slice(1) : inside;
  let found = false;
  for (let index = 0; index < body.length; index++) {
    const last = body.charAt(index + 1) === "-" ? body.charAt(index + 2) : "";
    if (last === "") found ||= body.charAt(index) === character;
    else {
      found ||= body.charAt(index) <= character && character <= last;
      index += 2;
    }
  }
  return found !== negated;
}
