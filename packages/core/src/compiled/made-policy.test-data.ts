import { strToU8 } from "fflate";

/** A state of an automaton that is made for a test: what it says, and where bytes lead. */
export interface MadeState {
  readonly accept?: number;
  readonly accept2?: number;
  readonly next?: Readonly<Record<number, number>>;
}

/** A profile that is made for a test: states from 1 on; 0 is dead. */
export interface MadeProfile {
  readonly name?: string;
  readonly mode?: number;
  readonly capabilities?: number;
  readonly policy?: readonly MadeState[];
  readonly file?: readonly MadeState[];
  readonly transitions?: readonly string[];
}

/** Writes policies of version 7 as a parser does, so that tests of the reading need none. */
export function makePolicy(...profiles: readonly MadeProfile[]): Uint8Array {
  const writer = new Writer();
  for (const profile of profiles) writeProfile(writer, profile);
  return Uint8Array.from(writer.bytes);
}

class Writer {
  readonly bytes: number[] = [];

  name(name: string): this {
    return this.#text(4, name);
  }

  text(text: string): this {
    return this.#text(5, text);
  }

  u32(value: number): this {
    this.bytes.push(2, ...little(value));
    return this;
  }

  code(code: number): this {
    this.bytes.push(code);
    return this;
  }

  struct(name: string): this {
    return this.name(name).code(7);
  }

  blob(bytes: readonly number[]): this {
    // The automaton begins at a multiple of eight.
    const padding = (8 - ((this.bytes.length + 5) % 8)) % 8;
    this.bytes.push(6, ...little(bytes.length + padding), ...Array.from({ length: padding }, () => 0), ...bytes);
    return this;
  }

  #text(code: number, text: string): this {
    const bytes = strToU8(`${text}\0`);
    this.bytes.push(code, bytes.length & 0xff, bytes.length >> 8, ...bytes);
    return this;
  }
}

function writeProfile(writer: Writer, made: MadeProfile): void {
  writer.name("version").u32(7);
  writer.struct("profile").text(made.name ?? "made");
  writer
    .struct("flags")
    .u32(0)
    .u32(made.mode ?? 0)
    .u32(0)
    .code(8);
  writer
    .u32(made.capabilities ?? 0)
    .u32(0)
    .u32(0)
    .u32(0);
  if (made.policy !== undefined) {
    writer.struct("policydb").name("aadfa").blob(automaton(made.policy)).code(8);
  }
  if (made.file !== undefined) writer.name("aadfa").blob(automaton(made.file));
  if (made.transitions !== undefined) {
    writer.struct("xtable").code(11);
    writer.bytes.push(made.transitions.length, 0);
    for (const name of made.transitions) writer.text(name);
    writer.code(12).code(8);
  }
  writer.code(8);
}

/** Tables in which each state has a row of its own. */
function automaton(states: readonly MadeState[]): number[] {
  const all: readonly MadeState[] = [{}, ...states];
  const next = Array.from({ length: all.length * 256 }, () => 0);
  const check = next.slice();
  for (const [state, made] of all.entries()) {
    for (const [byte, to] of Object.entries(made.next ?? {})) {
      next[state * 256 + Number(byte)] = to;
      check[state * 256 + Number(byte)] = state;
    }
  }
  const header = [...big(0x1b5e783d), ...big(24), ...big(0), 0, 0, ...strToU8("notflex\0"), 0, 0];
  return [
    ...header,
    ...table(
      1,
      4,
      all.map(({ accept }) => accept ?? 0),
    ),
    ...table(
      7,
      4,
      all.map(({ accept2 }) => accept2 ?? 0),
    ),
    ...table(
      2,
      4,
      all.map((_, state) => state * 256),
    ),
    ...table(
      4,
      2,
      all.map(() => 0),
    ),
    ...table(8, 2, next),
    ...table(3, 2, check),
  ];
}

function table(id: number, size: 2 | 4, values: readonly number[]): number[] {
  const entries = values.flatMap((value) => (size === 4 ? big(value) : [(value >> 8) & 0xff, value & 0xff]));
  const bytes = [0, id, 0, size, ...big(0), ...big(values.length), ...entries];
  return [...bytes, ...Array.from({ length: (8 - (bytes.length % 8)) % 8 }, () => 0)];
}

function little(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

function big(value: number): number[] {
  return little(value).toReversed();
}
