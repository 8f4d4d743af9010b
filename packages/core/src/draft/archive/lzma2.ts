import { LzmaDecoder } from "./lzma.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * Decodes the chunks of LZMA2 that begin at `start` up to their end mark, and returns the offset behind it. Each chunk says
 * how large it is and what of the decoder's memory it begins anew; what it says wrongly is an error.
 */
export function decodeLzma2(
  input: Uint8Array,
  start: number,
  dictionary: number,
  output: OutputBuffer,
  tell: (at: number) => void,
): number {
  const lzma = new LzmaDecoder(input, output, dictionary);
  let at = start;
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    const control = input[at];
    if (control === undefined) throw new Unreadable("it is cut off");
    if (control === 0) return at + 1;
    tell(at);
    if (control >= 0xe0 || control === 1) {
      needsDictionary = false;
      lzma.resetDictionary();
    } else if (needsDictionary) {
      throw new Unreadable("it is damaged: its first part refers to data before it");
    }
    if (control < 0x80) {
      at = copyChunk(input, at, control, output);
      continue;
    }
    const size = (((control & 0x1f) << 16) | bigEndian16(input, at + 1)) + 1;
    const packed = bigEndian16(input, at + 3) + 1;
    at += 5;
    if (control >= 0xc0) {
      lzma.setProperties(input[at] ?? 0xff);
      needsProperties = false;
      at += 1;
    } else if (needsProperties) {
      throw new Unreadable("it is damaged: its properties are missing");
    } else if (control >= 0xa0) {
      lzma.resetState();
    }
    if (at + packed > input.length) throw new Unreadable("it is cut off");
    lzma.decodeChunk(at, packed, size);
    at += packed;
  }
}

/** A chunk that is kept as it is. */
function copyChunk(input: Uint8Array, at: number, control: number, output: OutputBuffer): number {
  if (control > 2) throw new Unreadable("it is damaged: a part has no kind that there is");
  const size = bigEndian16(input, at + 1) + 1;
  const from = at + 3;
  if (from + size > input.length) throw new Unreadable("it is cut off");
  output.append(input.subarray(from, from + size));
  return from + size;
}

function bigEndian16(input: Uint8Array, at: number): number {
  return ((input[at] ?? 0) << 8) | (input[at + 1] ?? 0);
}
