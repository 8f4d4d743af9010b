import { Gunzip } from "fflate";
import { Decompress } from "fzstd";
import { hasBytes } from "./bytes.ts";
import { crc32 } from "./checksums.ts";
import { mostUnpacked } from "./limits.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { Unreadable } from "./unreadable.ts";
import { isXz, unpackXz } from "./xz.ts";

/** Told how much of the packed bytes is read, from 0 to 1. */
export type Progress = (part: number) => void;

const silent: Progress = () => undefined;

/** How much is handed to a decoder at once: what it makes of that is counted before the next. */
const slice = 64 * 1024;

/** Unpacks by what the bytes begin with (gzip, xz, zstd; anything else is taken as it is), within the limits. */
export function unpack(packed: Uint8Array, tell: Progress = silent): Uint8Array {
  const most = mostUnpacked(packed.length);
  if (isXz(packed)) return unpackXz(packed, most, tell);
  if (hasBytes(packed, [0x1f, 0x8b])) return gunzip(packed, most, tell);
  if (hasBytes(packed, [0x28, 0xb5, 0x2f, 0xfd])) return unzstd(packed, most, tell);
  if (hasBytes(packed, [0x42, 0x5a, 0x68])) throw new Unreadable("it is packed with bzip2, which is not read here");
  if (hasBytes(packed, [0x5d, 0, 0])) throw new Unreadable("it is packed with plain LZMA, which is not read here");
  return packed;
}

function gunzip(packed: Uint8Array, most: number, tell: Progress): Uint8Array {
  const output = new OutputBuffer(most, packed.length * 4);
  const decoder = new Gunzip((chunk) => output.append(chunk));
  feed(packed, tell, (chunk, last) => decoder.push(chunk, last));
  const data = output.written();
  // dpkg writes one member: its end says the sum and the length of all.
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 18 || view.getUint32(packed.length - 4, true) !== data.length >>> 0) {
    throw new Unreadable("it is damaged: its length is not what it says");
  }
  if (view.getUint32(packed.length - 8, true) !== crc32(data)) {
    throw new Unreadable("it is damaged: a checksum is wrong");
  }
  return data;
}

function unzstd(packed: Uint8Array, most: number, tell: Progress): Uint8Array {
  const output = new OutputBuffer(most, packed.length * 4);
  const decoder = new Decompress((chunk) => output.append(chunk));
  feed(packed, tell, (chunk, last) => decoder.push(chunk, last));
  return output.written();
}

/** The decoders are of others: what they throw about the data becomes ours. */
function feed(packed: Uint8Array, tell: Progress, push: (chunk: Uint8Array, last: boolean) => void): void {
  try {
    for (let at = 0; at < packed.length; at += slice) {
      push(packed.slice(at, at + slice), at + slice >= packed.length);
      tell(at / packed.length);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("it is damaged or cut off");
  }
}
