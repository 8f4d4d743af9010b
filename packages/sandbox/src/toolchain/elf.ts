/** What a dynamically linked program or library asks the loader for. */
export interface ElfNeeds {
  /** The loader itself, `/lib64/ld-linux-x86-64.so.2`; null for a library. */
  readonly interpreter: string | null;
  /** Names of the libraries, as `libc.so.6`. */
  readonly libraries: readonly string[];
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const loadSegment = 1;
const dynamicSegment = 2;
const interpreterSegment = 3;
const neededTag = 1n;
const stringTableTag = 5n;

/** Reads the needs of a 64-bit little-endian ELF file (the System V ABI, chapters 4 and 5); undefined for any other file. */
export function elfNeeds(bytes: Buffer): ElfNeeds | undefined {
  const isElf64 = bytes.length > 64 && bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes[5] === 1;
  if (!isElf64) return undefined;
  const segments = readSegments(bytes);
  const interpreter = segments.find((segment) => segment.type === interpreterSegment);
  return {
    interpreter: interpreter ? textAt(bytes, interpreter.offset) : null,
    libraries: neededLibraries(bytes, segments),
  };
}

function readSegments(bytes: Buffer): Segment[] {
  const start = Number(bytes.readBigUInt64LE(32));
  const entrySize = bytes.readUInt16LE(54);
  const count = bytes.readUInt16LE(56);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * entrySize;
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: Number(bytes.readBigUInt64LE(at + 16)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    };
  });
}

function neededLibraries(bytes: Buffer, segments: readonly Segment[]): string[] {
  const dynamic = segments.find((segment) => segment.type === dynamicSegment);
  if (!dynamic) return [];
  const names: number[] = [];
  let stringTable = 0;
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    const tag = bytes.readBigInt64LE(at);
    const value = Number(bytes.readBigUInt64LE(at + 8));
    if (tag === 0n) break;
    if (tag === neededTag) names.push(value);
    if (tag === stringTableTag) stringTable = fileOffset(segments, value);
  }
  return names.map((name) => textAt(bytes, stringTable + name));
}

/** The dynamic section names places by memory address; the loaded segments say where in the file that is. */
function fileOffset(segments: readonly Segment[], address: number): number {
  const holder = segments.find(
    (segment) => segment.type === loadSegment && segment.address <= address && address < segment.address + segment.size,
  );
  return holder ? address - holder.address + holder.offset : address;
}

function textAt(bytes: Buffer, offset: number): string {
  return bytes.toString("latin1", offset, bytes.indexOf(0, offset));
}
