import * as client from "openid-client";
import type { ClientAuth, Configuration } from "openid-client";
import type { Logger } from "pino";
import { RequestProblem } from "../problems/request-problem.ts";
import type { Vouched } from "./known-accounts.ts";
import type { BegunSignIn } from "./sign-ins.ts";

/** A provider of accounts, and what this service is to it. */
export interface OpenIdSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null: the provider knows this service as a public client, which has none. */
  readonly clientSecret: string | null;
  /** The address of this service as browsers have it, without a path. */
  readonly publicUrl: URL;
}

/** The part of OpenID Connect that is played between this service and the provider. */
export interface OpenIdProvider {
  /** The provider's page at which a browser signs in. */
  address(signIn: BegunSignIn): Promise<URL>;
  /** Whom the provider vouches for by its answer, which stands in the query of the address that the browser came back to. */
  answer(query: string, signIn: BegunSignIn): Promise<Vouched>;
}

/** The path at which the provider sends browsers back. */
export const callbackPath = "/auth/callback";

const secondsToWait = 10;

/** A provider, which is asked what it offers when the first one signs in: it may start later than this service. */
export function openIdProvider(settings: OpenIdSettings, logger: Logger): OpenIdProvider {
  const { issuer, publicUrl } = settings;
  const callback = new URL(callbackPath, publicUrl);
  let found: Promise<Configuration> | undefined;

  async function configuration(): Promise<Configuration> {
    found ??= discover(settings);
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw away(logger, error);
    }
  }

  return {
    async address({ state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback.href,
        scope: "openid profile email",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
    },
    async answer(query, { state, nonce, verifier }) {
      const config = await configuration();
      const came = new URL(callback);
      came.search = query;
      try {
        const tokens = await client.authorizationCodeGrant(config, came, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error("the provider gave no ID token");
        // Many providers tell name and address there alone.
        const more =
          config.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await client.fetchUserInfo(config, tokens.access_token, claims.sub);
        return vouchedBy(issuer.href, claims.sub, { ...claims, ...more });
      } catch (error) {
        throw isAway(error) ? away(logger, error) : failed(logger, error);
      }
    },
  };
}

function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  const authentication = clientSecret === null ? client.None() : secretAsOffered(clientSecret);
  const plain = issuer.protocol === "http:" ? [client.allowInsecureRequests] : [];
  return client.discovery(issuer, clientId, undefined, authentication, {
    timeout: secondsToWait,
    // Signatures count though the answer comes from the provider itself: TLS may end before it.
    execute: [client.enableNonRepudiationChecks, ...plain],
  });
}

/** The secret in the header, which is the standard's usual way, unless the provider takes it in the body alone. */
function secretAsOffered(secret: string): ClientAuth {
  const [inHeader, inBody] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const offered = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (offered.includes("client_secret_basic") ? inHeader : inBody)(server, ...rest);
  };
}

function vouchedBy(provider: string, subject: string, claims: Readonly<Record<string, unknown>>): Vouched {
  const text = (name: string): string | null => {
    const value = claims[name];
    return typeof value === "string" && value.trim() !== "" ? value : null;
  };
  // An address that nobody has proven would let its claimant in wherever the true owner is a member.
  const email = claims["email_verified"] === true ? text("email") : null;
  return { provider, subject, name: text("name") ?? text("preferred_username") ?? email ?? "", email };
}

function isAway(error: unknown): boolean {
  return (
    (error instanceof TypeError && error.message === "fetch failed") ||
    (error instanceof client.ClientError && error.code === "OAUTH_TIMEOUT")
  );
}

function away(logger: Logger, error: unknown): RequestProblem {
  logger.warn(reasonOf(error), "the provider of accounts can't be used");
  return new RequestProblem(
    "provider-away",
    "Whoever keeps the accounts can't be reached, or is not as it was set up. Try again in a moment.",
    [],
    5,
  );
}

function failed(logger: Logger, error: unknown): RequestProblem {
  logger.warn(reasonOf(error), "somebody could not sign in");
  return signInFailed();
}

/** The refusal of an answer that ends no sign-in; it says the same for each reason. */
export function signInFailed(): RequestProblem {
  return new RequestProblem(
    "sign-in-failed",
    "Signing in did not come to its end: it was refused, took too long, or began in another browser. Begin again.",
  );
}

/** What of an error may stand in a log: never a code, a token or an address. */
function reasonOf(error: unknown): object {
  if (!(error instanceof Error)) return {};
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const told = "error" in error && typeof error.error === "string" ? error.error.slice(0, 80) : undefined;
  return { reason: error.name, code, told };
}
