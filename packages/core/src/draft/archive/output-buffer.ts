import { tooLarge } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** Bytes that grow as they are written, up to a limit that is an error to pass. */
export class OutputBuffer {
  /** What is written so far lies before `length`. Replaced when it grows: read it anew after each `reserve`. */
  bytes: Uint8Array;
  length = 0;
  readonly #most: number;

  /** `expected` is a hint only: a lie there costs a copy, not memory. */
  constructor(most: number, expected: number) {
    this.#most = most;
    this.bytes = new Uint8Array(Math.min(most, Math.max(64 * 1024, Math.min(expected, 64 * 1024 * 1024))));
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    if (wanted > this.#most) throw new Unreadable(tooLarge(this.#most));
    const grown = new Uint8Array(Math.min(this.#most, Math.max(wanted, this.bytes.length * 2)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  append(chunk: Uint8Array): void {
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
