import { readFileSync } from "node:fs";
import { systemReason } from "../call-error.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { decodeUtf8 } from "./decode.ts";

/** A text, or why there is none, as half a sentence for a person. */
export type TextReading = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** Reads a file, or standard input where the path is `-`. */
export function readText(path: string): TextReading {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === "-" ? 0 : fromStandingPlace(path));
  } catch (error) {
    return { ok: false, why: systemReason(error) };
  }
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return decoded;
  return { ok: false, why: `it is not UTF-8: the byte at offset ${decoded.offset} fits nowhere` };
}
