import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The name that a profile's companion bears in paths, in the names of units and tables, and in log lines: letters, digits,
 * `_` and `-`. Where the profile's own name is another, a part of its hash keeps two of them apart.
 */
export function stemOf(profile: string): string {
  const plain = profile
    .replaceAll(/[^A-Za-z0-9_-]+/gu, "_")
    .replaceAll(/^[^A-Za-z0-9]+/gu, "")
    .slice(0, 40);
  return plain === profile
    ? plain
    : `${plain === "" ? "profile" : plain}_${bytesToHex(sha256(utf8ToBytes(profile))).slice(0, 8)}`;
}

/** A profile's name that systemd reads as it stands. */
export function isPlainProfileName(profile: string): boolean {
  return profile.length <= 200 && /^[A-Za-z0-9/][A-Za-z0-9_./:@+~-]*$/u.test(profile);
}

/** Text for a comment of a generated file: on one line, without what could end it or go on with it, of `most` characters. */
export function commentText(text: string, most = 120): string {
  const plain = text.replaceAll(/[^\p{L}\p{N} .,:;()/@_+~'`=-]+/gu, "?");
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
