import { strFromU8 } from "fflate";

/** Each byte as the character of its number: for formats that are of bytes and not of text. */
export function latin1(bytes: Uint8Array): string {
  return strFromU8(bytes, true);
}

/** The text of UTF-8 bytes, its byte order mark taken away; null where they are none or hold a NUL. */
export function textOfBytes(bytes: Uint8Array): string | null {
  const text = strFromU8(bytes);
  if (text.includes("\0") || text.includes("\u{FFFD}")) return null;
  return text.startsWith("\u{FEFF}") ? text.slice(1) : text;
}

/** True where the bytes at the place are these. */
export function hasBytes(bytes: Uint8Array, signs: readonly number[], at = 0): boolean {
  return signs.every((sign, index) => bytes[at + index] === sign);
}
