import { latin1 } from "./bytes.ts";
import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

const magic = "!<arch>\n";

/** A file in an `ar` archive. */
export interface ArMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** True for bytes that begin as an `ar` archive does, which a Debian package is. */
export function isAr(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, magic.length)) === magic;
}

/** The members of an `ar` archive in their order, as views into it. */
export function readAr(bytes: Uint8Array): ArMember[] {
  if (!isAr(bytes)) throw new Unreadable("it is not a Debian package");
  const members: ArMember[] = [];
  let at = magic.length;
  while (at < bytes.length) {
    const header = latin1(bytes.subarray(at, at + 60));
    const size = /^ *(\d{1,10}) *$/u.exec(header.slice(48, 58))?.[1];
    if (header.length < 60 || !header.endsWith("`\n") || size === undefined) {
      throw new Unreadable(`it is damaged: at byte ${at} no member begins`);
    }
    const from = at + 60;
    const end = from + Number(size);
    if (end > bytes.length) throw new Unreadable("it is cut off");
    members.push({ name: header.slice(0, 16).trimEnd().replace(/\/$/u, ""), bytes: bytes.subarray(from, end) });
    if (members.length > limits.members) throw new Unreadable(`it holds more than ${limits.members} members`);
    at = end + (end % 2);
  }
  return members;
}
