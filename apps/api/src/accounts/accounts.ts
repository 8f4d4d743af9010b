import type { Request } from "express";
import type { Account } from "@hauberk/contract";
import type { SignedIn } from "../access/callers.ts";
import type { OpenIdSignIn } from "./openid-accounts.ts";

/** Tells which account a request comes from. */
export interface Accounts {
  /** How somebody signs in. */
  readonly signIn: Account["signIn"];
  /** Signs in and out at a provider, where that is how. */
  readonly openId?: OpenIdSignIn;
  signedIn(request: Request): Promise<SignedIn | null>;
}

/** A service without accounts. */
export const noAccounts: Accounts = { signIn: "none", signedIn: () => Promise.resolve(null) };
