import { createHash, randomBytes } from "node:crypto";

/** A secret for a person's browser or program: 256 random bits, in the form that the contract has for tokens. */
export function newToken(): string {
  return `hbk_${randomBytes(32).toString("base64url")}`;
}

/** An id that nobody guesses, though it opens nothing: 128 random bits. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}

/** What is kept of a secret. It is looked up by this, so no comparison tells how much of a guess was right. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
