/** An ELF file of exactly the parts that a reader looks at, for tests. */
export interface MadeElf {
  readonly bits?: 32 | 64;
  readonly bigEndian?: boolean;
  readonly interpreter?: string | null;
  readonly needed?: readonly string[];
  readonly runPath?: string;
  readonly imports?: readonly string[];
  /** Texts that stand in it, each ended by a NUL. */
  readonly texts?: readonly string[];
  /** 2: fixed, 3: position independent or a library. */
  readonly type?: 2 | 3;
}

const headerRoom = 512;

/** Writes the file: header, three segments, texts, symbols, dynamic entries. */
export function makeElf(made: MadeElf = {}): Uint8Array {
  const { bits = 64, bigEndian = false, interpreter = "/lib64/ld-linux-x86-64.so.2", type = 3 } = made;
  const { needed = ["libc.so.6"], runPath, imports = [], texts = [] } = made;
  const wide = bits === 64;
  const word = wide ? 8 : 4;
  const bytes: number[] = Array.from({ length: headerRoom }, () => 0);
  const put = (text: string): number => {
    const at = bytes.length;
    for (const sign of text) bytes.push(sign.charCodeAt(0));
    bytes.push(0);
    return at;
  };
  const numbers: { at: number; size: number; value: number }[] = [];
  const number = (at: number, size: number, value: number): void => void numbers.push({ at, size, value });

  const loader = interpreter === null ? -1 : put(interpreter);
  for (const text of texts) put(text);
  while (bytes.length % 8 !== 0) bytes.push(0);
  const symbols = bytes.length;
  const symbolSize = wide ? 24 : 16;
  bytes.push(...Array.from({ length: symbolSize * (imports.length + 1) }, () => 0));
  const strings = bytes.length;
  bytes.push(0);
  for (const [index, name] of imports.entries()) number(symbols + symbolSize * (index + 1), 4, put(name) - strings);
  const libraries = needed.map((name) => put(name) - strings);
  const folder = runPath === undefined ? null : put(runPath) - strings;
  while (bytes.length % 8 !== 0) bytes.push(0);
  const dynamic = bytes.length;
  const entries: (readonly [tag: number, value: number])[] = [
    ...libraries.map((at) => [1, at] as const),
    ...(folder === null ? [] : [[29, folder] as const]),
    [5, strings],
    [6, symbols],
    [0, 0],
  ];
  for (const [index, [tag, value]] of entries.entries()) {
    number(dynamic + index * word * 2, word, tag);
    number(dynamic + index * word * 2 + word, word, value);
  }
  bytes.push(...Array.from({ length: entries.length * word * 2 }, () => 0));

  const segments = [
    { kind: 1, offset: 0, size: bytes.length },
    { kind: 2, offset: dynamic, size: entries.length * word * 2 },
    ...(loader === -1 ? [] : [{ kind: 3, offset: loader, size: 8 }]),
  ];
  number(16, 2, type);
  number(wide ? 32 : 28, word, 64);
  number(wide ? 54 : 42, 2, wide ? 56 : 32);
  number(wide ? 56 : 44, 2, segments.length);
  for (const [index, { kind, offset, size }] of segments.entries()) {
    const at = 64 + index * (wide ? 56 : 32);
    number(at, 4, kind);
    number(at + (wide ? 8 : 4), word, offset);
    number(at + (wide ? 16 : 8), word, offset);
    number(at + (wide ? 32 : 16), word, size);
  }
  const file = Uint8Array.from(bytes);
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, bigEndian ? 2 : 1, 1]);
  for (const { at, size, value } of numbers) {
    for (let index = 0; index < size; index++) {
      file[at + (bigEndian ? size - 1 - index : index)] = index < 4 ? (value >>> (8 * index)) & 0xff : 0;
    }
  }
  return file;
}
