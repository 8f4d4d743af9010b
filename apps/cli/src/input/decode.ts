/** A text, or the offset of the first byte that can't belong to UTF-8 (the length, where the end comes too soon). */
export type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly offset: number };

/** Reads bytes as strict UTF-8; a byte order mark stays part of the text, as in the design's identity. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, offset: longestGoodStart(bytes) };
  }
}

/** How many bytes can begin a UTF-8 text: halving, as every beginning of a good beginning is good. */
function longestGoodStart(bytes: Uint8Array): number {
  let good = 0;
  let wrong = bytes.length + 1;
  while (wrong - good > 1) {
    const middle = (good + wrong) >> 1;
    if (canBegin(bytes.subarray(0, middle))) good = middle;
    else wrong = middle;
  }
  return good;
}

function canBegin(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
