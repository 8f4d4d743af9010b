import * as z from "zod";
import type { ProxyHeaders } from "./proxy-accounts.ts";
import { addressesIn } from "./trusted-addresses.ts";

/** Who keeps the accounts, as the environment says. */
export type AccountSettings =
  | { readonly kind: "none" }
  | { readonly kind: "proxy"; readonly headers: ProxyHeaders; readonly proxies: readonly string[] };

/** The settings, or each variable that can't be used and why. */
export type AccountSettingsOutcome =
  | { readonly ok: true; readonly accounts: AccountSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, "Name a header, as `X-Remote-User`.");

const environmentSchema = z.object({
  HAUBERK_PROXY_USER_HEADER: headerName.optional(),
  HAUBERK_PROXY_EMAIL_HEADER: headerName.optional(),
  HAUBERK_PROXY_NAME_HEADER: headerName.optional(),
});

type Environment = z.infer<typeof environmentSchema>;

/**
 * Reads who keeps the accounts from environment variables.
 *
 * @param given the variables that are set.
 * @param trustedProxies what HAUBERK_TRUSTED_PROXIES lists.
 */
export function readAccountSettings(
  given: Readonly<Record<string, string | undefined>>,
  trustedProxies: readonly string[],
): AccountSettingsOutcome {
  const read = environmentSchema.safeParse(given);
  if (!read.success) {
    return refused(...read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  }
  return proxySettings(read.data, trustedProxies);
}

function proxySettings(environment: Environment, proxies: readonly string[]): AccountSettingsOutcome {
  const {
    HAUBERK_PROXY_USER_HEADER: user,
    HAUBERK_PROXY_EMAIL_HEADER: email = null,
    HAUBERK_PROXY_NAME_HEADER: name = null,
  } = environment;
  if (user === undefined) {
    if (email === null && name === null) return { ok: true, accounts: { kind: "none" } };
    return refused(
      "HAUBERK_PROXY_USER_HEADER: Name the header that tells who is signed in; the others say more of them.",
    );
  }
  if (proxies.length === 0) {
    return refused(
      "HAUBERK_PROXY_USER_HEADER: Name the proxy's address in HAUBERK_TRUSTED_PROXIES too: from anywhere else the header is a forgery.",
    );
  }
  const addresses = addressesIn(proxies);
  if (!addresses.ok) {
    return refused(`HAUBERK_TRUSTED_PROXIES: \`${addresses.entry}\` is no address and no network, as \`10.0.0.0/8\`.`);
  }
  return { ok: true, accounts: { kind: "proxy", headers: { user, email, name }, proxies } };
}

function refused(...problems: readonly string[]): AccountSettingsOutcome {
  return { ok: false, problems };
}
