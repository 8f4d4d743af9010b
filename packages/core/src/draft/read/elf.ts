/**
 * What an ELF file (System V ABI, chapters 4 and 5) asks for when it starts. Every offset in it is of somebody else: what
 * lies outside of the file is as if it were not there.
 */
export interface ElfReading {
  readonly bits: 32 | 64;
  readonly bigEndian: boolean;
  /** `executable`: fixed or position independent with a loader; `library`: a shared object. */
  readonly kind: "executable" | "library" | "other";
  readonly positionIndependent: boolean;
  /** The loader, `/lib64/ld-linux-x86-64.so.2`; null for libraries and static programs. */
  readonly interpreter: string | null;
  /** Names of libraries, as `libc.so.6`. */
  readonly needed: readonly string[];
  /** Folders in which the loader looks first, from `DT_RPATH` and `DT_RUNPATH`. */
  readonly runPaths: readonly string[];
  /** Names of functions and data that it takes from libraries; empty where it is static or says nothing. */
  readonly imports: readonly string[];
  /** No loader and no libraries. */
  readonly isStatic: boolean;
}

/** Segments, dynamic entries and symbols that are looked at; no real program comes near. */
const most = { segments: 512, dynamic: 4096, symbols: 200_000, name: 4096 } as const;

const segmentKinds = { load: 1, dynamic: 2, interpreter: 3 } as const;
const tags = {
  needed: 1,
  hash: 4,
  strings: 5,
  symbols: 6,
  stringsSize: 10,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
};
const gnuHashTag = 0x6ffffef5;
const pieFlag = 0x08000000;

/** True for bytes that begin as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads an ELF file of 32 or 64 bits and either order of bytes; null for anything else. Never throws. */
export function readElf(bytes: Uint8Array): ElfReading | null {
  const bits = bytes[4] === 1 ? 32 : bytes[4] === 2 ? 64 : null;
  const bigEndian = bytes[5] === 2;
  if (!isElf(bytes) || bits === null || (bytes[5] !== 1 && bytes[5] !== 2)) return null;
  return new ElfReader(bytes, bits, bigEndian).read();
}

interface Segment {
  readonly kind: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

class ElfReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #bits: 32 | 64;
  readonly #little: boolean;
  readonly #segments: readonly Segment[];

  constructor(bytes: Uint8Array, bits: 32 | 64, bigEndian: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bits = bits;
    this.#little = !bigEndian;
    this.#segments = this.#readSegments();
  }

  read(): ElfReading {
    const type = this.#half(16);
    const loader = this.#segments.find(({ kind }) => kind === segmentKinds.interpreter);
    const interpreter = loader === undefined ? null : this.#text(loader.offset);
    const dynamic = this.#readDynamic();
    const strings = this.#fileOffset(dynamic.get(tags.strings)?.[0] ?? -1);
    const names = (tag: number): string[] =>
      strings < 0 ? [] : (dynamic.get(tag) ?? []).map((at) => this.#text(strings + at)).filter((name) => name !== "");
    const isPie = ((dynamic.get(tags.flags1)?.[0] ?? 0) & pieFlag) !== 0;
    const runs = type === 2 || (type === 3 && (interpreter !== null || isPie));
    const needed = names(tags.needed);
    return {
      bits: this.#bits,
      bigEndian: !this.#little,
      kind: runs ? "executable" : type === 3 ? "library" : "other",
      positionIndependent: type === 3,
      interpreter: interpreter === "" ? null : interpreter,
      needed,
      runPaths: [...names(tags.rpath), ...names(tags.runpath)].flatMap((paths) => paths.split(":")),
      imports: strings < 0 ? [] : this.#imports(dynamic, strings),
      isStatic: runs && interpreter === null && needed.length === 0,
    };
  }

  #readSegments(): Segment[] {
    const wide = this.#bits === 64;
    const start = wide ? this.#word(32) : this.#word(28);
    const entrySize = this.#half(wide ? 54 : 42);
    const count = Math.min(this.#half(wide ? 56 : 44), most.segments);
    return Array.from({ length: count }, (_, index) => {
      const at = start + index * entrySize;
      return wide
        ? { kind: this.#int(at), offset: this.#word(at + 8), address: this.#word(at + 16), size: this.#word(at + 32) }
        : { kind: this.#int(at), offset: this.#word(at + 4), address: this.#word(at + 8), size: this.#word(at + 16) };
    });
  }

  /** All values of each tag of the dynamic segment. */
  #readDynamic(): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, number[]>();
    const segment = this.#segments.find(({ kind }) => kind === segmentKinds.dynamic);
    if (segment === undefined) return found;
    const step = this.#bits / 8;
    for (let index = 0; index < Math.min(most.dynamic, segment.size / (step * 2)); index++) {
      const at = segment.offset + index * step * 2;
      const tag = this.#word(at);
      if (tag <= 0) break;
      const values = found.get(tag);
      if (values === undefined) found.set(tag, [this.#word(at + step)]);
      else values.push(this.#word(at + step));
    }
    return found;
  }

  /** Symbols without a place of their own are taken from libraries. Versions behind `@` are not part of these names. */
  #imports(dynamic: ReadonlyMap<number, readonly number[]>, strings: number): string[] {
    const symbols = this.#fileOffset(dynamic.get(tags.symbols)?.[0] ?? -1);
    if (symbols < 0) return [];
    const wide = this.#bits === 64;
    const size = wide ? 24 : 16;
    const names = new Set<string>();
    const count = Math.min(this.#symbolCount(dynamic, symbols, strings, size), most.symbols);
    for (let index = 1; index < count; index++) {
      const at = symbols + index * size;
      if (at + size > this.#bytes.length) break;
      const section = this.#half(at + (wide ? 6 : 14));
      if (section !== 0) continue;
      const name = this.#text(strings + this.#int(at));
      if (/^[A-Za-z_]\w{0,200}$/u.test(name)) names.add(name);
    }
    return [...names];
  }

  /** The old hash table says how many; else the string table follows the symbols, as linkers lay them out. */
  #symbolCount(
    dynamic: ReadonlyMap<number, readonly number[]>,
    symbols: number,
    strings: number,
    size: number,
  ): number {
    const hash = this.#fileOffset(dynamic.get(tags.hash)?.[0] ?? -1);
    if (hash >= 0) return this.#int(hash + 4);
    if (strings > symbols) return Math.floor((strings - symbols) / size);
    // Imported symbols come before the ones that the GNU table lists.
    const gnu = this.#fileOffset(dynamic.get(gnuHashTag)?.[0] ?? -1);
    return gnu >= 0 ? this.#int(gnu + 4) : 0;
  }

  /** The loaded segments say where in the file a memory address lies; -1 where nowhere. */
  #fileOffset(address: number): number {
    if (address < 0) return -1;
    const holder = this.#segments.find(
      (each) => each.kind === segmentKinds.load && each.address <= address && address - each.address < each.size,
    );
    const offset = holder === undefined ? -1 : address - holder.address + holder.offset;
    return offset < this.#bytes.length ? offset : -1;
  }

  #half(at: number): number {
    return this.#fits(at, 2) ? this.#view.getUint16(at, this.#little) : 0;
  }

  #int(at: number): number {
    return this.#fits(at, 4) ? this.#view.getUint32(at, this.#little) : 0;
  }

  /** A number of the file's own width; what no file could be as large as counts as -1. */
  #word(at: number): number {
    if (this.#bits === 32) return this.#int(at);
    if (!this.#fits(at, 8)) return 0;
    const value = Number(this.#view.getBigUint64(at, this.#little));
    return Number.isSafeInteger(value) ? value : -1;
  }

  #fits(at: number, size: number): boolean {
    return Number.isSafeInteger(at) && at >= 0 && at + size <= this.#bytes.length;
  }

  #text(at: number): string {
    if (!this.#fits(at, 1)) return "";
    const end = this.#bytes.subarray(at, at + most.name).indexOf(0);
    if (end < 0) return "";
    let text = "";
    for (const byte of this.#bytes.subarray(at, at + end)) text += String.fromCharCode(byte);
    return text;
  }
}
