/** Whether globs of AppArmor permit what others do, answered exactly over their automata; false where that takes too long. */

type Piece =
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "class"; readonly signs: string; readonly inverted: boolean }
  | { readonly kind: "one" }
  | { readonly kind: "run"; readonly slashes: boolean };

const mostForms = 128;
const mostSteps = 4000;

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

/** Whether each path that `narrow` fits is fitted by one of `wide`; both are plain forms. */
export function coversPattern(wide: readonly string[], narrow: string): boolean {
  return wide.some((each) => each === narrow) || walk(narrow, wide) === "covered";
}

/** Whether any path is fitted by both. */
export function overlaps(a: string, b: string): boolean {
  return walk(a, [b]) !== "apart";
}

/**
 * Walks both automata at once over the signs that matter: those written in either, a slash, and one that is written in
 * none. `covered`: whatever `narrow` accepts, one of `wide` does; `apart`: they have nothing in common.
 */
function walk(narrow: string, wide: readonly string[]): "covered" | "apart" | "partly" {
  const near = wide.filter((each) => mayShare(narrow, each));
  if (near.length === 0) return "apart";
  const first = piecesOf(narrow);
  const others = near.map(piecesOf);
  const signs = signsOf([first, ...others]);
  const seen = new Set<string>();
  const queue: { readonly own: Set<number>; readonly theirs: readonly Set<number>[] }[] = [
    { own: skipRuns(first, new Set([0])), theirs: others.map((pieces) => skipRuns(pieces, new Set([0]))) },
  ];
  let shared = false;
  let missed = false;
  for (let steps = 0; steps < mostSteps; steps++) {
    const state = queue.pop();
    if (state === undefined) break;
    const accepted = state.own.has(first.length);
    const alsoTheirs = state.theirs.some((places, index) => places.has(others[index]?.length ?? -1));
    shared ||= accepted && alsoTheirs;
    missed ||= accepted && !alsoTheirs;
    if (shared && missed) return "partly";
    for (const sign of signs) {
      const own = step(first, state.own, sign);
      if (own.size === 0) continue;
      const theirs = others.map((pieces, index) => step(pieces, state.theirs[index] ?? new Set(), sign));
      const key = `${[...own].join(".")}|${theirs.map((places) => [...places].join(".")).join("|")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ own, theirs });
    }
  }
  if (queue.length > 0) return "partly";
  return missed ? (shared ? "partly" : "apart") : "covered";
}

function beforeGlob(text: string): string {
  return /^(?:[^*?[\\])*/u.exec(text)?.[0] ?? "";
}

/** A quick no: what stands before the first glob differs. */
function mayShare(a: string, b: string): boolean {
  const [first, second] = [beforeGlob(a), beforeGlob(b)];
  const length = Math.min(first.length, second.length);
  return first.slice(0, length) === second.slice(0, length);
}

function signsOf(patterns: readonly (readonly Piece[])[]): readonly string[] {
  const signs = new Set(["/", "\u0001", "a", "0"]);
  for (const piece of patterns.flat()) {
    if (piece.kind === "sign") signs.add(piece.sign);
    else if (piece.kind === "class") for (const sign of piece.signs) if (sign !== "-") signs.add(sign);
  }
  return [...signs];
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const parts = [...pattern.matchAll(/\\[^]|\*\*|\*|\?|\[\^?[^\]]+\]|[^]/gu)];
  for (const [index, [part]] of parts.entries()) {
    if (part === "**" || part === "*") {
      // Behind a slash and at the end a run holds one sign at least: `/a/*` does not fit the folder itself.
      const afterSlash = pieces.at(-1)?.kind === "sign" && parts[index - 1]?.[0] === "/";
      if (afterSlash && index === parts.length - 1) pieces.push({ kind: "one" });
      pieces.push({ kind: "run", slashes: part === "**" });
    } else if (part === "?") pieces.push({ kind: "one" });
    else if (part.length > 1 && part.startsWith("[")) {
      const inside = part.slice(1, -1);
      const inverted = inside.startsWith("^");
      pieces.push({ kind: "class", signs: inverted ? inside.slice(1) : inside, inverted });
    } else pieces.push({ kind: "sign", sign: part.length > 1 ? part.slice(1) : part });
  }
  return pieces;
}

function step(pieces: readonly Piece[], places: ReadonlySet<number>, sign: string): Set<number> {
  const next = new Set<number>();
  for (const place of places) {
    const piece = pieces[place];
    if (piece === undefined || !fits(piece, sign)) continue;
    next.add(piece.kind === "run" ? place : place + 1);
  }
  return skipRuns(pieces, next);
}

function skipRuns(pieces: readonly Piece[], places: Set<number>): Set<number> {
  for (const place of places) if (pieces[place]?.kind === "run") places.add(place + 1);
  return places;
}

function fits(piece: Piece, sign: string): boolean {
  switch (piece.kind) {
    case "sign":
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
  for (const [range] of signs.matchAll(/[^]-[^]|[^]/gu)) {
    const low = range[0] ?? "";
    const high = range.length === 3 ? (range[2] ?? "") : low;
    if (low <= sign && sign <= high) return true;
  }
  return false;
}
