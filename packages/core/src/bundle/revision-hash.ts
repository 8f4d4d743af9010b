import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Design } from "../design/index.ts";
import { byPath } from "./bundle-file.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * The hash of a revision: SHA-256 over its files sorted by path, each as path, NUL, length in bytes in decimal, NUL,
 * bytes. The design's name is not part of it; `hauberk.json` is a file like the others.
 */
export function revisionHash(design: Design): string {
  const parts = design.files.toSorted(byPath).flatMap(({ path, text }) => {
    const bytes = utf8ToBytes(text);
    return [utf8ToBytes(`${path}\0${bytes.length}\0`), bytes];
  });
  return sha256Hex(concatBytes(...parts));
}
