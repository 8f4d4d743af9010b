import * as client from "openid-client";
import type { Logger } from "pino";
import type { Store } from "@hauberk/store";
import { RequestProblem } from "../problems/request-problem.ts";
import type { Accounts } from "./accounts.ts";
import { secretCookie } from "./cookies.ts";
import type { SecretCookie } from "./cookies.ts";
import { knowAccount } from "./known-accounts.ts";
import { openIdProvider, signInFailed } from "./openid-provider.ts";
import type { OpenIdSettings } from "./openid-provider.ts";
import { createSessions, newSecret } from "./sessions.ts";
import type { NewSession } from "./sessions.ts";
import { createSignIns } from "./sign-ins.ts";

/** Signs in and out at a provider. */
export interface OpenIdSignIn {
  /** Whose session it is. */
  readonly session: SecretCookie;
  /** Which browser has begun to sign in. */
  readonly browser: SecretCookie;
  /** Begins: the provider's page to go to, and what tells the browser apart. `to` is where to go afterwards. */
  begin(to: string, browser: string | null): Promise<{ readonly address: URL; readonly browser: NewSession }>;
  /** Ends with the provider's answer, or refuses. `before` is the session that the browser had. */
  finish(
    query: string,
    browser: string | null,
    before: string | null,
  ): Promise<{ readonly session: NewSession; readonly to: string }>;
  /** Signs out; false where the session was over already. */
  end(session: string): Promise<boolean>;
}

/** How long a browser is told apart for its sign-ins. */
const browserFor = 60 * 60_000;

const longestPath = 2_000;

/** Accounts of an OpenID Connect provider, by its code flow with PKCE, state and nonce. */
export function openIdAccounts(store: Store, settings: OpenIdSettings, logger: Logger, now: () => Date): Accounts {
  const { publicUrl, issuer } = settings;
  const secure = publicUrl.protocol === "https:";
  const provider = openIdProvider(settings, logger);
  const sessions = createSessions(store, issuer.href, now);
  const signIns = createSignIns(store, now);
  const session = secretCookie("hauberk-session", secure);

  const openId: OpenIdSignIn = {
    session,
    browser: secretCookie("hauberk-sign-in", secure),
    async begin(to, known) {
      const state = client.randomState();
      const path = ownPath(to, publicUrl);
      const signIn = { state, nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), to: path };
      const address = await provider.address(signIn);
      // Two tabs that sign in at once are one browser: the second must not end the first.
      const secret = known ?? newSecret();
      await signIns.keep(signIn, secret);
      return { address, browser: { secret, expires: new Date(now().getTime() + browserFor) } };
    },
    async finish(query, browser, before) {
      const state = new URLSearchParams(query).get("state");
      if (state === null || browser === null) throw signInFailed();
      const signIn = await signIns.take(state, browser);
      if (signIn === null) throw signInFailed();
      const account = await knowAccount(store, await provider.answer(query, signIn), now());
      return { session: await sessions.open(account.id, before), to: signIn.to };
    },
    end: (secret) => sessions.end(secret),
  };

  return {
    signIn: "openid",
    openId,
    signedIn: async (request) => {
      const secret = session.read(request);
      return secret === null ? null : sessions.account(secret);
    },
  };
}

/** A path of this service as it is written; anything that a browser could read as another site's address is refused. */
function ownPath(to: string, publicUrl: URL): string {
  const own =
    to.length <= longestPath &&
    /^\/(?![/\\])[\x21-\x7e]*$/.test(to) &&
    !to.includes("\\") &&
    URL.parse(to, publicUrl.href)?.origin === publicUrl.origin;
  if (own && !to.includes("#")) return to;
  throw new RequestProblem(
    "invalid-request",
    "`to` is to be a path of this service, as `/review/…`, without what stands behind `#`: that is no server's to know.",
  );
}
