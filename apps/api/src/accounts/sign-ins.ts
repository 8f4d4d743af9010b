import type { Store } from "@hauberk/store";
import { secretHash } from "../access/secrets.ts";

/** A sign-in that has begun: what its answer is compared with, and where to go afterwards. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** A path of this service. */
  readonly to: string;
}

/** Sign-ins whose answers are awaited. */
export interface SignIns {
  /** Keeps one that this browser has begun. */
  keep(signIn: BegunSignIn, browser: string): Promise<void>;
  /** The one that this browser has begun with this state, once: the next time there is none. */
  take(state: string, browser: string): Promise<BegunSignIn | null>;
}

/** How long somebody may take at the provider. */
const awaitedFor = 15 * 60_000;

/** Sign-ins in a store. A row is found by state and browser together: no other browser can bring an answer to its end. */
export function createSignIns(store: Store, now: () => Date): SignIns {
  return {
    async keep({ state, nonce, verifier, to }, browser) {
      const at = now();
      const expires = new Date(at.getTime() + awaitedFor).toISOString();
      await store.db.deleteFrom("sign_ins").where("expires", "<=", at.toISOString()).execute();
      const row = { hash: hashOf(state, browser), nonce, verifier, return_to: to, expires };
      await store.db.insertInto("sign_ins").values(row).execute();
    },
    async take(state, browser) {
      const row = await store.db
        .deleteFrom("sign_ins")
        .where("hash", "=", hashOf(state, browser))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined || row.expires <= now().toISOString()) return null;
      return { state, nonce: row.nonce, verifier: row.verifier, to: row.return_to };
    },
  };
}

function hashOf(state: string, browser: string): string {
  return secretHash(`${state}.${browser}`);
}
