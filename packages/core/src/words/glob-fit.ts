import { readSigns, type Sign } from "./glob.ts";

/** Tells of paths whether a glob fits them. Variables fit nothing: what they stand for is put in before. */
export function globFit(glob: string): (path: string) => boolean {
  const signs = readSigns(glob);
  return (path) => ends(signs, path, new Set([0])).has(path.length);
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
      return [];
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
