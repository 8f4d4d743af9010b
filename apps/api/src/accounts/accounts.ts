import type { Request } from "express";
import type { SignedIn } from "../access/callers.ts";

/** Tells which account a request comes from. */
export interface Accounts {
  /** How somebody signs in. */
  readonly signIn: "none" | "proxy";
  signedIn(request: Request): Promise<SignedIn | null>;
}

/** A service without accounts. */
export const noAccounts: Accounts = { signIn: "none", signedIn: () => Promise.resolve(null) };
