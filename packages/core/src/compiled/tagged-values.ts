import { strFromU8 } from "fflate";
import { Unreadable } from "./unreadable.ts";

/** The first byte of each value tells its kind; the numbers are the kernel's (security/apparmor/include/policy_unpack.h). */
const codes = {
  u8: 0,
  u16: 1,
  u32: 2,
  u64: 3,
  name: 4,
  text: 5,
  blob: 6,
  struct: 7,
  structEnd: 8,
  array: 11,
  arrayEnd: 12,
} as const;

type Code = keyof typeof codes;

/** A run of bytes within the policy. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the stream of tagged values of a compiled policy, little-endian, one after the other. A value may have a name
 * before it. What is not there, or does not lie within the bytes, is `Unreadable`.
 */
export class TaggedValues {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next value begins. */
  get offset(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  /** Ends the reading at the place of the next value. */
  fail(why: string): never {
    throw new Unreadable(why, this.#at);
  }

  u8(what: string): number {
    this.#require("u8", null, what);
    return this.bytes[this.#take(1)] ?? 0;
  }

  u16(what: string): number {
    this.#require("u16", null, what);
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(what: string, name: string | null = null): number {
    this.#require("u32", name, what);
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(what: string): bigint {
    this.#require("u64", null, what);
    return this.#view.getBigUint64(this.#take(8), true);
  }

  /** The number under this name, or null where there is none. */
  optionalU32(name: string): number | null {
    return this.#begins("u32", name) ? this.#view.getUint32(this.#take(4), true) : null;
  }

  text(what: string): string {
    this.#require("text", null, what);
    return this.#text();
  }

  /** The text under this name, or with none where the name is null; null where there is no such value. */
  optionalText(name: string | null): string | null {
    return this.#begins("text", name) ? this.#text() : null;
  }

  blob(what: string): ByteRange {
    this.#require("blob", null, what);
    return this.#blob();
  }

  optionalBlob(name: string): ByteRange | null {
    return this.#begins("blob", name) ? this.#blob() : null;
  }

  /** How many values an array holds; the values follow, then its end. Each takes a byte at least. */
  array(what: string): number {
    this.#require("array", null, what);
    return this.#arrayLength();
  }

  optionalArray(name: string): number | null {
    return this.#begins("array", name) ? this.#arrayLength() : null;
  }

  arrayEnd(what: string): void {
    this.#require("arrayEnd", null, `the end of ${what}`);
  }

  struct(name: string): void {
    this.#require("struct", name, `\`${name}\``);
  }

  /** Goes into the structure under this name and says true, or stays where it is. */
  optionalStruct(name: string): boolean {
    return this.#begins("struct", name);
  }

  structEnd(what: string): void {
    this.#require("structEnd", null, `the end of ${what}`);
  }

  #arrayLength(): number {
    const count = this.#view.getUint16(this.#take(2), true);
    if (count > this.bytes.length - this.#at) this.fail("an array is longer than the policy");
    return count;
  }

  /** Texts end in a NUL that counts; one may be inside, where a namespace is told from a name. */
  #text(): string {
    const length = this.#view.getUint16(this.#take(2), true);
    const start = this.#take(length);
    if (length === 0 || this.bytes[start + length - 1] !== 0) throw new Unreadable("a text has no end", start);
    return strFromU8(this.bytes.subarray(start, start + length - 1));
  }

  #blob(): ByteRange {
    const length = this.#view.getUint32(this.#take(4), true);
    const start = this.#take(length);
    return { start, end: start + length };
  }

  #require(code: Code, name: string | null, what: string): void {
    if (!this.#begins(code, name))
      this.fail(this.isAtEnd ? `it ends before ${what}` : `${what} is not where it belongs`);
  }

  /** Steps over the name and the code of a value where they are these. */
  #begins(code: Code, name: string | null): boolean {
    let at = this.#at;
    if (name !== null) {
      if (this.bytes[at] !== codes.name || at + 3 > this.bytes.length) return false;
      const length = this.#view.getUint16(at + 1, true);
      at += 3;
      if (length !== name.length + 1 || at + length > this.bytes.length) return false;
      for (let index = 0; index < length; index++) {
        // Behind its last character a name has its NUL.
        if (this.bytes[at + index] !== (name.charCodeAt(index) || 0)) return false;
      }
      at += length;
    }
    if (this.bytes[at] !== codes[code]) return false;
    this.#at = at + 1;
    return true;
  }

  /** The place of the next bytes, which are then behind us. */
  #take(length: number): number {
    const start = this.#at;
    if (length > this.bytes.length - start) this.fail("it is cut off");
    this.#at = start + length;
    return start;
  }
}
