import type { Link } from "@hauberk/contract";

/** True where a link still lets in: it is not revoked, and its end is not reached (the moment itself is too late). */
export function isAlive({ revoked, expires }: Link): boolean {
  return revoked === null && (expires === null || Date.parse(expires) > Date.now());
}
