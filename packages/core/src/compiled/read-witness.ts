import { strFromU8 } from "fflate";
import type { Witness } from "./access-difference.ts";
import type { Field, Position } from "./positions.ts";
import { familyNames, firstRealTimeSignal, mountFlagNames, signalNames, socketTypeNames } from "./kernel-numbers.ts";

/** Tells the bytes of a walk as the fields that the kernel made them of. */
export function readWitness(shape: Position, bytes: Uint8Array): Witness {
  const parts = new Map<Field, number[]>();
  let position: Position | null = shape;
  for (const byte of bytes) {
    const field: Field | null = position?.field ?? null;
    const next: Position | null = position?.next(byte) ?? null;
    // A NUL that ends a field is none of its bytes.
    const ends = byte === 0 && next?.field !== field && !isNumber(field);
    if (field !== null && !ends) parts.set(field, [...(parts.get(field) ?? []), byte]);
    else if (field !== null && !parts.has(field)) parts.set(field, []);
    position = next;
  }
  const fields: Record<string, string | number> = {};
  for (const [field, value] of parts) fields[field.name] = fieldValue(field, value);
  return { fields, bytes: [...bytes] };
}

function isNumber(field: Field | null): boolean {
  return field !== null && ["family", "type", "signal", "number", "ip"].includes(field.kind);
}

function fieldValue(field: Field, bytes: readonly number[]): string | number {
  const number = bytes.reduce((value, byte) => value * 256 + byte, 0);
  switch (field.kind) {
    case "text":
      return strFromU8(Uint8Array.from(bytes));
    case "address":
      return addressText(bytes);
    case "number":
      return number;
    case "ip":
      return ipText(bytes);
    case "family":
      return familyNames[number] ?? number;
    case "type":
      return socketTypeNames[number] ?? number;
    case "signal":
      return signalText(number);
    case "mountFlags":
      return bytes.map((bit) => mountFlagNames[bit - 1] ?? `bit ${bit - 1}`).join(",");
  }
}

function addressText(bytes: readonly number[]): string {
  const [first, ...rest] = bytes;
  if (first === 0) return `@${strFromU8(Uint8Array.from(rest))}`;
  return first === 1 ? "none" : strFromU8(Uint8Array.from(bytes));
}

function ipText(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = bytes.flatMap((high, index) => (index % 2 === 0 ? [high * 256 + (bytes[index + 1] ?? 0)] : []));
  return groups.map((group) => group.toString(16)).join(":");
}

function signalText(number: number): string | number {
  return number >= firstRealTimeSignal ? `rtmin+${number - firstRealTimeSignal}` : (signalNames[number] ?? number);
}
