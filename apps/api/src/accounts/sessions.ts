import { randomBytes } from "node:crypto";
import type { Store } from "@hauberk/store";
import type { SignedIn } from "../access/callers.ts";
import { secretHash } from "../access/secrets.ts";

/** A session's secret, told this once, and until when it lasts. */
export interface NewSession {
  readonly secret: string;
  readonly expires: Date;
}

/** Who is signed in, by the secret of a browser. */
export interface Sessions {
  /** Signs the account in; the session that the browser had before is dead. */
  open(account: string, before: string | null): Promise<NewSession>;
  /** The account of a session that lasts; null: none. */
  account(secret: string): Promise<SignedIn | null>;
  /** False where there was none. */
  end(secret: string): Promise<boolean>;
}

/** How long somebody stays signed in: a week, then the provider is asked again. */
const sessionFor = 7 * 24 * 60 * 60_000;

/** 256 random bits for a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Sessions in a store, which keeps only hashes of their secrets.
 *
 * @param provider whose accounts count: those of one that was set up before don't.
 */
export function createSessions(store: Store, provider: string, now: () => Date): Sessions {
  return {
    async open(account, before) {
      const secret = newSecret();
      const at = now();
      const expires = new Date(at.getTime() + sessionFor);
      await store.transaction(async (trx) => {
        await trx.deleteFrom("sessions").where("expires", "<=", at.toISOString()).execute();
        if (before !== null) await trx.deleteFrom("sessions").where("hash", "=", secretHash(before)).execute();
        const row = { hash: secretHash(secret), account, at: at.toISOString(), expires: expires.toISOString() };
        await trx.insertInto("sessions").values(row).execute();
      });
      return { secret, expires };
    },
    async account(secret) {
      const session = secretHash(secret);
      const row = await store.db
        .selectFrom("sessions")
        .innerJoin("accounts", "accounts.id", "sessions.account")
        .select(["accounts.id", "accounts.name", "accounts.email"])
        .where("sessions.hash", "=", session)
        .where("sessions.expires", ">", now().toISOString())
        .where("accounts.provider", "=", provider)
        .executeTakeFirst();
      return row === undefined ? null : { ...row, session };
    },
    async end(secret) {
      const gone = await store.db
        .deleteFrom("sessions")
        .where("hash", "=", secretHash(secret))
        .returning("hash")
        .executeTakeFirst();
      return gone !== undefined;
    },
  };
}
