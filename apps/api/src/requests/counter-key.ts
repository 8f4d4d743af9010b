import { createHash } from "node:crypto";

/** Under what `who` is counted for a limit of this name: a hash, so that no address stands in the store. */
export function counterKey(name: string, who: string): string {
  return createHash("sha256").update(`${name}\0${who}`).digest("base64url");
}
