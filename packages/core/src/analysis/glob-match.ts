/** A piece of a glob: text, one sign of a class, or a run of signs. */
type Piece =
  | { readonly kind: "text"; readonly sign: string }
  | { readonly kind: "class"; readonly signs: string; readonly inverted: boolean }
  | { readonly kind: "one" }
  | { readonly kind: "run"; readonly slashes: boolean };

/** Beyond so many alternatives nobody can tell in a keystroke. */
const mostAlternatives = 64;

/** Tells whether a plain path fits the glob that it was made of. */
export type GlobTest = (path: string) => boolean;

/**
 * A test for paths that fit a glob of AppArmor; null where that can't be told: a variable of unknown value, too many
 * alternatives. The glob is read once; a test costs path × glob at worst, and nothing where the beginnings differ.
 */
export function globTest(glob: string, variables: ReadonlyMap<string, readonly string[]>): GlobTest | null {
  const alternatives = expand(glob, variables)?.map((pieces) => ({ pieces, start: literalStart(pieces) }));
  if (alternatives === undefined) return null;
  return (path) => {
    const plain = path.includes("//") ? path.replaceAll(/\/{2,}/gu, "/") : path;
    return alternatives.some(({ pieces, start }) => plain.startsWith(start) && matches(pieces, plain));
  };
}

/**
 * Whether a glob of AppArmor could fit a plain path. True also where it can't be told: a variable of unknown value, too many
 * alternatives. Meant for "is there a profile for this program?", never for what a policy permits. Cost: path × glob.
 */
export function mayMatch(glob: string, path: string, variables: ReadonlyMap<string, readonly string[]>): boolean {
  return globTest(glob, variables)?.(path) ?? true;
}

/** The text that every path of the glob begins with. */
function literalStart(pieces: readonly Piece[]): string {
  let start = "";
  for (const piece of pieces) {
    if (piece.kind !== "text") break;
    start += piece.sign;
  }
  return start;
}

/** True for a path without globs and variables. */
export function isPlainPath(path: string): boolean {
  return path.startsWith("/") && !/[*?[\]{}@\\^]/u.test(path);
}

/** The glob without braces and variables, as every alternative's pieces; null where there are too many or unknown ones. */
function expand(glob: string, variables: ReadonlyMap<string, readonly string[]>): Piece[][] | null {
  let open = [glob];
  for (let round = 0; round < 16; round += 1) {
    const next: string[] = [];
    let changed = false;
    for (const pattern of open) {
      const variable = /@\{([^}]*)\}/u.exec(pattern);
      const braces = /(?<!\\|@)\{([^{}]*)\}/u.exec(pattern);
      const found = variable ?? braces;
      if (found === null) {
        next.push(pattern);
        continue;
      }
      const values = variable === null ? (found[1] ?? "").split(",") : variables.get(found[1] ?? "");
      if (values === undefined) return null;
      changed = true;
      const before = pattern.slice(0, found.index);
      const after = pattern.slice(found.index + found[0].length);
      for (const value of values) next.push(before + value + after);
      if (next.length > mostAlternatives) return null;
    }
    open = next;
    if (!changed) return open.map((pattern) => piecesOf(pattern.replaceAll(/\/{2,}/gu, "/")));
  }
  return null;
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [part] of pattern.matchAll(/\\[\s\S]|\*\*|\*|\?|\[\^?[^\]]+\]|[\s\S]/gu)) {
    if (part === "**" || part === "*") pieces.push({ kind: "run", slashes: part === "**" });
    else if (part === "?") pieces.push({ kind: "one" });
    else if (part.length > 1 && part.startsWith("[")) pieces.push(classOf(part.slice(1, -1)));
    else pieces.push({ kind: "text", sign: part.startsWith("\\") && part.length > 1 ? part.slice(1) : part });
  }
  return pieces;
}

function classOf(inside: string): Piece {
  const inverted = inside.startsWith("^");
  return { kind: "class", signs: inverted ? inside.slice(1) : inside, inverted };
}

/** Walks all places of the glob at once, sign by sign of the path. */
function matches(pieces: readonly Piece[], path: string): boolean {
  let places = skipRuns(pieces, new Set([0]));
  for (const sign of path) {
    const next = new Set<number>();
    for (const place of places) {
      const piece = pieces[place];
      if (piece === undefined || !fits(piece, sign)) continue;
      next.add(piece.kind === "run" ? place : place + 1);
    }
    places = skipRuns(pieces, next);
    if (places.size === 0) return false;
  }
  return places.has(pieces.length);
}

/** A run may be empty: the place behind it counts too. */
function skipRuns(pieces: readonly Piece[], places: Set<number>): Set<number> {
  for (const place of places) if (pieces[place]?.kind === "run") places.add(place + 1);
  return places;
}

function fits(piece: Piece, sign: string): boolean {
  switch (piece.kind) {
    case "text":
      return piece.sign === sign;
    case "one":
      return sign !== "/";
    case "run":
      return piece.slashes || sign !== "/";
    case "class":
      return inClass(piece.signs, sign) !== piece.inverted;
  }
}

function inClass(signs: string, sign: string): boolean {
  for (const [range] of signs.matchAll(/[\s\S]-[\s\S]|[\s\S]/gu)) {
    const low = range[0] ?? "";
    const high = range.length === 3 ? (range[2] ?? "") : low;
    if (low <= sign && sign <= high) return true;
  }
  return false;
}
