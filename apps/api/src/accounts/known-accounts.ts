import type { Store, Tables } from "@hauberk/store";
import type { SignedIn } from "../access/callers.ts";
import { newId } from "../access/secrets.ts";

/** Somebody as who keeps the accounts describes them. */
export interface Vouched {
  /** The issuer, or `proxy`. */
  readonly provider: string;
  /** Who it is to the provider: this never changes. */
  readonly subject: string;
  readonly name: string;
  /** Null where the provider does not vouch for it. */
  readonly email: string | null;
}

const day = 24 * 60 * 60_000;

/** The account of somebody who is vouched for: made when they come for the first time, then as they are called now. */
export async function knowAccount(store: Store, vouched: Vouched, now: Date): Promise<SignedIn> {
  const { provider, subject } = vouched;
  const name = lineOf(vouched.name, 80);
  const email = emailOf(vouched.email);
  const known = await store.db
    .selectFrom("accounts")
    .selectAll()
    .where("provider", "=", provider)
    .where("subject", "=", subject)
    .executeTakeFirst();
  if (known !== undefined && isFresh(known, name, email, now)) return { id: known.id, name, email };
  const seen = now.toISOString();
  const { id } = await store.db
    .insertInto("accounts")
    .values({ id: newId(), provider, subject, name, email, at: seen, seen })
    .onConflict((conflict) => conflict.columns(["provider", "subject"]).doUpdateSet({ name, email, seen }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, name, email };
}

/** Whether there is nothing to write: each request of a proxy comes by here. */
function isFresh(known: Tables["accounts"], name: string, email: string | null, now: Date): boolean {
  return known.name === name && known.email === email && Date.parse(known.seen) > now.getTime() - day;
}

/** A name as one line that says something, whatever the provider puts into it. */
function lineOf(name: string, most: number): string {
  const line = name
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim();
  return line === "" ? "Somebody without a name" : line.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}

/** An address in small letters; null where it can be none. */
function emailOf(email: string | null): string | null {
  return email !== null && email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email) ? email.toLowerCase() : null;
}
