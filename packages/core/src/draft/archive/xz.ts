import { sha256 } from "@noble/hashes/sha2.js";
import { hasBytes } from "./bytes.ts";
import { crc32, crc64 } from "./checksums.ts";
import { decodeLzma2 } from "./lzma2.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { Unreadable } from "./unreadable.ts";

const headerMagic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const lzma2 = 0x21;
const cutOff = "it is cut off";
const damaged = "it is damaged: a checksum is wrong";

/** The checks that are known by the number in the stream's flags, with their size. Others can't be verified. */
const checkSizes: ReadonlyMap<number, number> = new Map([
  [0, 0],
  [1, 4],
  [4, 8],
  [10, 32],
]);

/** What the index must say of a block. */
interface BlockSizes {
  readonly unpadded: number;
  readonly unpacked: number;
}

/** True for bytes that begin as an xz file does. */
export function isXz(bytes: Uint8Array): boolean {
  return hasBytes(bytes, headerMagic);
}

/**
 * Unpacks an xz file (one stream or several) to at most `most` bytes: LZMA2 alone, as dpkg writes it. Every checksum is
 * verified, those of the headers and the index too.
 */
export function unpackXz(input: Uint8Array, most: number, tell: (part: number) => void): Uint8Array {
  const output = new OutputBuffer(most, input.length * 4);
  let at = 0;
  while (at < input.length) {
    at = decodeStream(input, at, output, (place) => tell(place / input.length));
    // Streams are padded to four bytes with zeros.
    while (at < input.length && input[at] === 0) at++;
  }
  return output.written();
}

function decodeStream(input: Uint8Array, start: number, output: OutputBuffer, tell: (at: number) => void): number {
  if (!isXz(input.subarray(start, start + 6))) throw new Unreadable("it is not an xz file");
  checkCrc(input, start + 6, 2, start + 8);
  const check = input[start + 7] ?? 0;
  const checkSize = input[start + 6] === 0 ? checkSizes.get(check) : undefined;
  if (checkSize === undefined) throw new Unreadable("it uses a check of xz that is not known here");
  const blocks: BlockSizes[] = [];
  let at = start + 12;
  while ((input[at] ?? 0) !== 0) {
    const block = decodeBlock(input, at, check, checkSize, output, tell);
    blocks.push(block.sizes);
    at = block.end;
  }
  if (at >= input.length) throw new Unreadable(cutOff);
  const indexEnd = checkIndex(input, at, blocks);
  return checkFooter(input, indexEnd, indexEnd - at, check);
}

function decodeBlock(
  input: Uint8Array,
  start: number,
  check: number,
  checkSize: number,
  output: OutputBuffer,
  tell: (at: number) => void,
): { readonly end: number; readonly sizes: BlockSizes } {
  const headerSize = ((input[start] ?? 0) + 1) * 4;
  const bodyStart = start + headerSize;
  checkCrc(input, start, headerSize - 4, bodyStart - 4);
  const header = readBlockHeader(input.subarray(start, bodyStart - 4));
  const before = output.length;
  const bodyEnd = decodeLzma2(input, bodyStart, header.dictionary, output, tell);
  const packed = bodyEnd - bodyStart;
  const unpacked = output.length - before;
  if ((header.packed ?? packed) !== packed || (header.unpacked ?? unpacked) !== unpacked) {
    throw new Unreadable("it is damaged: a part is not as large as it says");
  }
  let end = bodyEnd;
  while ((end - bodyStart) % 4 !== 0) if (input[end++] !== 0) throw new Unreadable("it is damaged");
  if (end + checkSize > input.length) throw new Unreadable(cutOff);
  verify(check, output.bytes.subarray(before, output.length), input.subarray(end, end + checkSize));
  return { end: end + checkSize, sizes: { unpadded: headerSize + packed + checkSize, unpacked } };
}

interface BlockHeader {
  readonly packed: number | null;
  readonly unpacked: number | null;
  readonly dictionary: number;
}

/** The header from its size byte up to its checksum. */
function readBlockHeader(header: Uint8Array): BlockHeader {
  const flags = header[1] ?? 0;
  const reader = new VarintReader(header, 2);
  const packed = (flags & 0x40) === 0 ? null : reader.next();
  const unpacked = (flags & 0x80) === 0 ? null : reader.next();
  const plain = (flags & 0x3f) === 0 && reader.next() === lzma2 && reader.next() === 1;
  if (!plain) throw new Unreadable("it is packed with a filter of xz that is not known here");
  const size = header[reader.at] ?? 0xff;
  if (size > 40 || header.subarray(reader.at + 1).some((byte) => byte !== 0)) throw new Unreadable("it is damaged");
  return { packed, unpacked, dictionary: size === 40 ? 0xffffffff : (2 | (size & 1)) * 2 ** ((size >>> 1) + 11) };
}

/** The index repeats the sizes of all blocks; returns the offset behind it. */
function checkIndex(input: Uint8Array, start: number, blocks: readonly BlockSizes[]): number {
  const wrong = "it is damaged: its index does not fit";
  const reader = new VarintReader(input, start + 1);
  if (reader.next() !== blocks.length) throw new Unreadable(wrong);
  for (const { unpadded, unpacked } of blocks) {
    if (reader.next() !== unpadded || reader.next() !== unpacked) throw new Unreadable(wrong);
  }
  let end = reader.at;
  while ((end - start) % 4 !== 0) if (input[end++] !== 0) throw new Unreadable(wrong);
  checkCrc(input, start, end - start, end);
  return end + 4;
}

function checkFooter(input: Uint8Array, start: number, indexSize: number, check: number): number {
  checkCrc(input, start + 4, 6, start);
  const backward = (littleEndian32(input, start + 4) + 1) * 4;
  const flagsFit = input[start + 8] === 0 && input[start + 9] === check;
  const magicFits = input[start + 10] === 0x59 && input[start + 11] === 0x5a;
  if (backward !== indexSize || !flagsFit || !magicFits) throw new Unreadable("it is damaged: its end does not fit");
  return start + 12;
}

function verify(check: number, data: Uint8Array, stored: Uint8Array): void {
  if (check === 1 && crc32(data) !== littleEndian32(stored, 0)) throw new Unreadable(damaged);
  if (check === 4) {
    const { high, low } = crc64(data);
    if (low !== littleEndian32(stored, 0) || high !== littleEndian32(stored, 4)) throw new Unreadable(damaged);
  }
  if (check === 10 && sha256(data).some((byte, index) => byte !== stored[index])) throw new Unreadable(damaged);
}

function checkCrc(input: Uint8Array, start: number, size: number, place: number): void {
  if (place + 4 > input.length) throw new Unreadable(cutOff);
  if (crc32(input.subarray(start, start + size)) !== littleEndian32(input, place)) throw new Unreadable(damaged);
}

function littleEndian32(input: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = input.subarray(at, at + 4);
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

/** Numbers of seven bits a byte, the lowest first. */
class VarintReader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  next(): number {
    let value = 0;
    for (let index = 0; index < 9; index++) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new Unreadable(cutOff);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    throw new Unreadable("it is damaged: a number in it is too large");
  }
}
