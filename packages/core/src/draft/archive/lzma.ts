import type { OutputBuffer } from "./output-buffer.ts";
import { Unreadable } from "./unreadable.ts";

/** Probabilities are in units of 1/2048 that the next bit is 0; they begin at one half. */
const half = 1024;
const states = 12;
const damaged = "it is damaged";

/** The trees of a length: short, middle and long, each with its bits. */
interface LengthModel {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

const newLengthModel = (): LengthModel => ({
  choice: new Uint16Array(2),
  low: new Uint16Array(16 << 3),
  middle: new Uint16Array(16 << 3),
  high: new Uint16Array(256),
});

/**
 * LZMA: a range coder over adaptive bits, whose symbols are literals, matches at a distance and repeats of the last four
 * distances. The output itself is the dictionary. What is read is bounded by the chunk, what is written by its size.
 */
export class LzmaDecoder {
  readonly #input: Uint8Array;
  readonly #output: OutputBuffer;
  readonly #dictionary: number;
  #dictionaryStart = 0;

  #at = 0;
  #end = 0;
  #range = 0;
  #code = 0;

  #literalContext = 3;
  #literalPosition = 0;
  #positionMask = 3;
  #state = 0;
  readonly #distances = [0, 0, 0, 0];

  #literal = new Uint16Array(0);
  readonly #isMatch = new Uint16Array(states << 4);
  readonly #isRepeat = new Uint16Array(states);
  readonly #isRepeat0 = new Uint16Array(states);
  readonly #isRepeat1 = new Uint16Array(states);
  readonly #isRepeat2 = new Uint16Array(states);
  readonly #isRepeat0Long = new Uint16Array(states << 4);
  readonly #distanceSlot = new Uint16Array(4 << 6);
  readonly #distanceSpecial = new Uint16Array(128);
  readonly #distanceAlign = new Uint16Array(16);
  readonly #matchLength = newLengthModel();
  readonly #repeatLength = newLengthModel();

  constructor(input: Uint8Array, output: OutputBuffer, dictionary: number) {
    this.#input = input;
    this.#output = output;
    this.#dictionary = dictionary;
  }

  /** From here on nothing before the present place may be referred to. */
  resetDictionary(): void {
    this.#dictionaryStart = this.#output.length;
  }

  /** The byte `(pb * 5 + lp) * 9 + lc`; the state begins anew. */
  setProperties(byte: number): void {
    if (byte > 224) throw new Unreadable(damaged);
    const literalContext = byte % 9;
    const rest = Math.floor(byte / 9);
    const literalPosition = rest % 5;
    // LZMA2 allows no more, which bounds the memory.
    if (literalContext + literalPosition > 4) throw new Unreadable(damaged);
    this.#literalContext = literalContext;
    this.#literalPosition = literalPosition;
    this.#positionMask = (1 << Math.floor(rest / 5)) - 1;
    this.#literal = new Uint16Array(0x300 << (literalContext + literalPosition));
    this.resetState();
  }

  resetState(): void {
    this.#state = 0;
    this.#distances.fill(0);
    for (const model of this.#models()) model.fill(half);
  }

  #models(): Uint16Array[] {
    const lengths = [this.#matchLength, this.#repeatLength];
    return [
      this.#literal,
      this.#isMatch,
      this.#isRepeat,
      this.#isRepeat0,
      this.#isRepeat1,
      this.#isRepeat2,
      this.#isRepeat0Long,
      this.#distanceSlot,
      this.#distanceSpecial,
      this.#distanceAlign,
      ...lengths.flatMap(({ choice, low, middle, high }) => [choice, low, middle, high]),
    ];
  }

  /** Decodes `packed` bytes at `at` to exactly `size` bytes. */
  decodeChunk(at: number, packed: number, size: number): void {
    const output = this.#output;
    output.reserve(size);
    this.#startRange(at, packed);
    const end = output.length + size;
    while (output.length < end) this.#decodeSymbol(end);
    // The coder must have read all, and nothing may be left in it.
    if (this.#range < 0x1000000) this.#normalize();
    if (this.#at !== this.#end || this.#code !== 0) throw new Unreadable(damaged);
  }

  #startRange(at: number, packed: number): void {
    const input = this.#input;
    if (packed < 5 || input[at] !== 0) throw new Unreadable(damaged);
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let index = 1; index < 5; index++) this.#code = ((this.#code << 8) | (input[at + index] ?? 0)) >>> 0;
    this.#at = at + 5;
    this.#end = at + packed;
  }

  #decodeSymbol(end: number): void {
    const output = this.#output;
    const position = (output.length - this.#dictionaryStart) & this.#positionMask;
    if (this.#bit(this.#isMatch, (this.#state << 4) + position) === 0) {
      this.#decodeLiteral();
      return;
    }
    const repeats = this.#bit(this.#isRepeat, this.#state) === 1;
    const length = repeats ? this.#decodeRepeat(position) : this.#decodeMatch(position);
    const distance = (this.#distances[0] ?? 0) + 1;
    const known = Math.min(output.length - this.#dictionaryStart, this.#dictionary);
    if (distance > known || output.length + length > end) throw new Unreadable(damaged);
    const { bytes } = output;
    const from = output.length;
    for (let index = from; index < from + length; index++) bytes[index] = bytes[index - distance] ?? 0;
    output.length = from + length;
  }

  #decodeLiteral(): void {
    const output = this.#output;
    const place = output.length;
    const used = place - this.#dictionaryStart;
    const before = used === 0 ? 0 : (output.bytes[place - 1] ?? 0);
    const low = (used & ((1 << this.#literalPosition) - 1)) << this.#literalContext;
    const base = 0x300 * (low + (before >>> (8 - this.#literalContext)));
    let symbol = 1;
    if (this.#state >= 7) {
      // After a match: the byte at the last distance tells what this one is probably not.
      const distance = (this.#distances[0] ?? 0) + 1;
      if (distance > used) throw new Unreadable(damaged);
      let other = output.bytes[place - distance] ?? 0;
      while (symbol < 0x100) {
        const expected = (other >>> 7) & 1;
        other <<= 1;
        const bit = this.#bit(this.#literal, base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literal, base + symbol);
    output.bytes[place] = symbol & 0xff;
    output.length = place + 1;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #decodeMatch(position: number): number {
    const distances = this.#distances;
    distances[3] = distances[2] ?? 0;
    distances[2] = distances[1] ?? 0;
    distances[1] = distances[0] ?? 0;
    const length = this.#decodeLength(this.#matchLength, position);
    this.#state = this.#state < 7 ? 7 : 10;
    distances[0] = this.#decodeDistance(length);
    return length;
  }

  #decodeRepeat(position: number): number {
    const distances = this.#distances;
    const state = this.#state;
    if (this.#bit(this.#isRepeat0, state) === 0) {
      if (this.#bit(this.#isRepeat0Long, (state << 4) + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      let chosen = 1;
      if (this.#bit(this.#isRepeat1, state) === 1) chosen = 2 + this.#bit(this.#isRepeat2, state);
      const distance = distances[chosen] ?? 0;
      for (let index = chosen; index > 0; index--) distances[index] = distances[index - 1] ?? 0;
      distances[0] = distance;
    }
    this.#state = state < 7 ? 8 : 11;
    return this.#decodeLength(this.#repeatLength, position);
  }

  #decodeLength(model: LengthModel, position: number): number {
    if (this.#bit(model.choice, 0) === 0) return 2 + this.#tree(model.low, position << 3, 3);
    if (this.#bit(model.choice, 1) === 0) return 10 + this.#tree(model.middle, position << 3, 3);
    return 18 + this.#tree(model.high, 0, 8);
  }

  #decodeDistance(length: number): number {
    const slot = this.#tree(this.#distanceSlot, Math.min(length - 2, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >>> 1) - 1;
    const base = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return base + this.#reverseTree(this.#distanceSpecial, base - slot, bits);
    const distance = base + this.#direct(bits - 4) * 16 + this.#reverseTree(this.#distanceAlign, 0, 4);
    // The end mark of plain LZMA has no place in LZMA2.
    if (distance >= 0xffffffff) throw new Unreadable(damaged);
    return distance;
  }

  #tree(model: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let index = 0; index < bits; index++) symbol = (symbol << 1) | this.#bit(model, base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(model: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let index = 0; index < bits; index++) {
      const bit = this.#bit(model, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  #direct(bits: number): number {
    let value = 0;
    for (let index = 0; index < bits; index++) {
      if (this.#range < 0x1000000) this.#normalize();
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      value = value * 2 + bit;
    }
    return value;
  }

  #bit(model: Uint16Array, index: number): number {
    if (this.#range < 0x1000000) this.#normalize();
    const probability = model[index] ?? half;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      model[index] = probability + ((2048 - probability) >>> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    model[index] = probability - (probability >>> 5);
    return 1;
  }

  #normalize(): void {
    if (this.#at >= this.#end) throw new Unreadable(damaged);
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#input[this.#at] ?? 0)) >>> 0;
    this.#at += 1;
  }
}
