import type { WalkedClass } from "./access-classes.ts";

/** How the bytes of a field are told to a person. */
export type FieldKind = "text" | "address" | "number" | "ip" | "family" | "type" | "signal" | "mountFlags";

/** A piece of an access, of which the kernel makes the bytes that it walks. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
}

/** What the kernel asks for at a place of its walk. */
export interface Asking {
  readonly accessClass: WalkedClass;
  readonly bits: number;
}

/**
 * A place in the walk of the kernel: which field the next byte belongs to, what is asked for here, and where each byte leads.
 * The kernel looks at permissions only where it asks, so what an automaton says elsewhere means nothing.
 */
export interface Position {
  readonly field: Field | null;
  readonly asks: readonly Asking[];
  /** Bytes below this lead to places of their own; all others are alike. */
  readonly apart: number;
  /**
   * Set where the kernel comes here only after it has asked at the place before: what was allowed there of `bits` is settled,
   * and it walks on only if the bit `goesOn` was allowed there too.
   */
  readonly after: { readonly bits: number; readonly goesOn: number } | null;
  /**
   * Set where what is not allowed is decided only further on, if this bit is allowed here; 0: what is said here is final.
   */
  readonly defers: number;
  next(byte: number): Position | null;
}

/** What a position may say of itself. */
export interface Place {
  readonly field?: Field | null;
  readonly asks?: readonly Asking[];
  readonly apart?: number;
  readonly after?: Position["after"];
  readonly defers?: number;
}

/** Makes a position; what a place does not say is the plainest. */
export function position(place: Place, next: (byte: number) => Position | null): Position {
  return {
    field: place.field ?? null,
    asks: place.asks ?? [],
    apart: place.apart ?? 1,
    after: place.after ?? null,
    defers: place.defers ?? 0,
    next,
  };
}

/** Makes what a byte leads to once, so that equal ways meet in the same place. */
export function once<P extends Position | null>(make: (byte: number) => P): (byte: number) => P {
  const made = new Map<number, P>();
  return (byte) => {
    const known = made.get(byte);
    if (known !== undefined) return known;
    const place = make(byte);
    made.set(byte, place);
    return place;
  };
}

/** No byte leads on. */
export const nowhere = (): null => null;

/** A text up to its NUL. Asked for only where it is not empty. */
export function text(name: string, asks: readonly Asking[], behind: Position | null): Position {
  const field: Field = { name, kind: "text" };
  const inside: Position = position({ field, asks }, (byte) => (byte === 0 ? behind : inside));
  return position({ field }, (byte) => (byte === 0 ? behind : inside));
}

/** A number of two bytes, big-endian, whose value makes no other way. */
export function wide(name: string, behind: Position): Position {
  const field: Field = { name, kind: "number" };
  const low = position({ field }, () => behind);
  return position({ field }, () => low);
}

/** A number of two bytes, each value with a way of its own; only values that `make` knows. */
export function told(field: Field, most: number, make: (value: number) => Position | null): Position {
  const low = position(
    { field, apart: most + 1 },
    once((byte) => (byte <= most ? make(byte) : null)),
  );
  return position({ field, apart: 1 }, (byte) => (byte === 0 ? low : null));
}
