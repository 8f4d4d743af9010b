import { globProblem } from "../rules/index.ts";

/** A set of bytes, by value. */
export type ByteSet = Uint8Array;

/** A piece of a glob of AppArmor (AARE), as the parser turns it into a regular expression. */
export type AarePiece =
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "set"; readonly set: ByteSet }
  | { readonly kind: "run"; readonly set: ByteSet }
  | { readonly kind: "any-of"; readonly choices: readonly (readonly AarePiece[])[] };

/**
 * Which way doubts are settled: parsers differ in whether `[^a]` fits a `/`. A language taken `wide` holds what it may hold on any of
 * them, a `narrow` one what it holds on all.
 */
export type AareReading = "wide" | "narrow";

const slash = 0x2f;
const star = 0x2a;

/** A pattern longer than this is a table of its own, not a path. */
const longestPattern = 1000;

/**
 * Reads a glob without variables; null where its meaning can't be told for certain. Doubled slashes count as one. A star between a
 * `/` and another `/` or the end stands for at least one character.
 */
export function readAare(glob: string, reading: AareReading): readonly AarePiece[] | null {
  if (glob.startsWith("//") || globProblem(glob) !== null) return null;
  const bytes = utf8(glob.replaceAll(/\/{2,}/gu, "/"));
  if (bytes === null || bytes.length > longestPattern) return null;
  const reader = new AareReader(bytes, reading);
  const pieces = reader.sequence(false);
  return reader.failed ? null : pieces;
}

/** Reads byte by byte; `failed` once something has no certain meaning. */
class AareReader {
  failed = false;
  #at = 0;
  readonly #bytes: readonly number[];
  readonly #reading: AareReading;

  constructor(bytes: readonly number[], reading: AareReading) {
    this.#bytes = bytes;
    this.#reading = reading;
  }

  sequence(inChoice: boolean): AarePiece[] {
    const pieces: AarePiece[] = [];
    while (this.#at < this.#bytes.length && !this.failed) {
      const byte = this.#bytes[this.#at] ?? 0;
      const sign = String.fromCharCode(byte);
      if (inChoice && (sign === "," || sign === "}")) break;
      this.#at += 1;
      if (sign === "*") this.#star(pieces);
      else if (sign === "?") pieces.push({ kind: "set", set: noSlash });
      else if (sign === "[") pieces.push({ kind: "set", set: this.#class() });
      else if (sign === "{") pieces.push(this.#choices());
      else if (sign === "\\") pieces.push({ kind: "byte", byte: this.#escaped() });
      else pieces.push({ kind: "byte", byte });
    }
    return pieces;
  }

  #star(pieces: AarePiece[]): void {
    const first = this.#at - 1;
    let behind = this.#at;
    while (this.#bytes[behind] === star) behind += 1;
    const closes = behind === this.#bytes.length || this.#bytes[behind] === slash;
    if (this.#bytes[first - 1] === slash && closes) pieces.push({ kind: "set", set: noSlash });
    const double = this.#bytes[this.#at] === star;
    if (double) this.#at += 1;
    pieces.push({ kind: "run", set: double ? anything : noSlash });
  }

  #choices(): AarePiece {
    const choices: AarePiece[][] = [];
    for (;;) {
      choices.push(this.sequence(true));
      const closed = this.#bytes[this.#at] === 0x7d;
      if (this.#at >= this.#bytes.length && !closed) this.failed = true;
      this.#at += 1;
      if (closed || this.failed) return { kind: "any-of", choices };
    }
  }

  /** A backslash before a letter or digit may be an escape of C, which parsers have read in more than one way. */
  #escaped(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    if (/[A-Za-z0-9]/u.test(String.fromCharCode(byte)) || byte === 0) this.failed = true;
    return byte;
  }

  #class(): ByteSet {
    const inverted = this.#bytes[this.#at] === 0x5e;
    if (inverted) this.#at += 1;
    const set = new Uint8Array(256);
    for (;;) {
      const low = this.#classByte();
      if (low === null) break;
      if (this.#bytes[this.#at] === 0x2d && this.#bytes[this.#at + 1] !== 0x5d) {
        this.#at += 1;
        const high = this.#classByte();
        if (high === null || high < low) {
          this.failed = true;
          break;
        }
        set.fill(1, low, high + 1);
      } else set[low] = 1;
    }
    if (!inverted) return set;
    const others = set.map((has) => 1 - has);
    if (this.#reading === "narrow") {
      others[0] = 0;
      others[slash] = 0;
    }
    return others;
  }

  /** The next byte of a class, which must be plain ASCII; null behind the closing bracket. */
  #classByte(): number | null {
    const byte = this.#bytes[this.#at];
    this.#at += 1;
    if (byte === 0x5d) return null;
    if (byte === undefined || byte > 0x7e || byte === 0x5b) {
      this.failed = true;
      return null;
    }
    return byte === 0x5c ? this.#escaped() : byte;
  }
}

const anything: ByteSet = new Uint8Array(256).fill(1, 1);
const noSlash: ByteSet = anything.map((has, byte) => (byte === slash ? 0 : has));

/**
 * One text that the pieces fit, as bytes. Where there is a choice, signs stand there that hardly any other pattern asks for, so that it tells patterns
 * apart.
 */
export function sampleOf(pieces: readonly AarePiece[]): number[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === "byte") return [piece.byte];
    if (piece.kind === "any-of") return sampleOf(piece.choices.at(-1) ?? []);
    const rare = piece.set[0x02] === 1 ? 0x02 : piece.set.lastIndexOf(1);
    return rare === -1 ? [] : [rare];
  });
}

/** The runs of fixed bytes that every text has that the pieces fit. */
export function fixedParts(pieces: readonly AarePiece[]): number[][] {
  const parts: number[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "byte") parts.at(-1)?.push(piece.byte);
    else parts.push([]);
  }
  return parts;
}

/** The bytes of a text; null where it is no whole Unicode. */
function utf8(text: string): number[] | null {
  if (!text.isWellFormed() || text.includes("\0")) return null;
  const bytes: number[] = [];
  for (const part of encodeURIComponent(text).match(/%..|[^%]/gu) ?? []) {
    bytes.push(part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0));
  }
  return bytes;
}
