import { readFileSync } from "node:fs";
import * as z from "zod";
import type { OpenIdSettings } from "./openid-provider.ts";
import type { ProxyHeaders } from "./proxy-accounts.ts";
import { addressesIn } from "./trusted-addresses.ts";

/** Who keeps the accounts, as the environment says. */
export type AccountSettings =
  | { readonly kind: "none" }
  | { readonly kind: "openid"; readonly openId: OpenIdSettings }
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
  HAUBERK_OIDC_ISSUER: z.string().optional(),
  HAUBERK_OIDC_CLIENT_ID: z.string().optional(),
  HAUBERK_OIDC_CLIENT_SECRET: z.string().optional(),
  HAUBERK_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  HAUBERK_PUBLIC_URL: z.string().optional(),
});

type Environment = z.infer<typeof environmentSchema>;

const none: AccountSettingsOutcome = { ok: true, accounts: { kind: "none" } };

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
  const proxy = proxySettings(read.data, trustedProxies);
  const openId = openIdSettings(read.data);
  if (!proxy.ok || !openId.ok) return proxy.ok ? openId : proxy;
  if (proxy.accounts.kind === "none") return openId;
  if (openId.accounts.kind === "none") return proxy;
  return refused(
    "HAUBERK_OIDC_ISSUER: A proxy keeps the accounts (HAUBERK_PROXY_USER_HEADER), or a provider does: not both.",
  );
}

function proxySettings(environment: Environment, proxies: readonly string[]): AccountSettingsOutcome {
  const {
    HAUBERK_PROXY_USER_HEADER: user,
    HAUBERK_PROXY_EMAIL_HEADER: email = null,
    HAUBERK_PROXY_NAME_HEADER: name = null,
  } = environment;
  if (user === undefined) {
    if (email === null && name === null) return none;
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

function openIdSettings(environment: Environment): AccountSettingsOutcome {
  const { HAUBERK_OIDC_ISSUER: issuerText, HAUBERK_OIDC_CLIENT_ID: clientId } = environment;
  const { HAUBERK_PUBLIC_URL: publicText } = environment;
  if (issuerText === undefined) {
    return clientId === undefined
      ? none
      : refused("HAUBERK_OIDC_ISSUER: Name the provider, as `https://accounts.example.org`.");
  }
  const issuer = safeUrl(issuerText);
  const publicUrl = safeUrl(publicText ?? "");
  const secret = clientSecret(environment);
  const problems = [
    ...(issuer === null ? [`HAUBERK_OIDC_ISSUER: ${urlWanted}`] : []),
    ...(clientId === undefined ? ["HAUBERK_OIDC_CLIENT_ID: Say as what the provider knows this service."] : []),
    ...(publicUrl === null ? [`HAUBERK_PUBLIC_URL: ${urlWanted} Browsers come back there.`] : []),
    ...(publicUrl !== null && publicUrl.pathname !== "/" ? ["HAUBERK_PUBLIC_URL: Leave the path away."] : []),
    ...(secret.ok ? [] : [secret.problem]),
  ];
  if (issuer === null || clientId === undefined || publicUrl === null || !secret.ok || problems.length > 0) {
    return refused(...problems);
  }
  return {
    ok: true,
    accounts: { kind: "openid", openId: { issuer, clientId, clientSecret: secret.value, publicUrl } },
  };
}

const urlWanted = "Give an address with https://; http:// counts on this machine alone.";

/** The address, where nobody on the way can read or change what is sent there. */
function safeUrl(text: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && here) ? url : null;
}

function clientSecret(
  environment: Environment,
): { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly problem: string } {
  const { HAUBERK_OIDC_CLIENT_SECRET: value = null, HAUBERK_OIDC_CLIENT_SECRET_FILE: file } = environment;
  if (file === undefined) return { ok: true, value };
  try {
    return { ok: true, value: readFileSync(file, "utf8").trim() };
  } catch {
    return { ok: false, problem: `HAUBERK_OIDC_CLIENT_SECRET_FILE: \`${file}\` can't be read.` };
  }
}

function refused(...problems: readonly string[]): AccountSettingsOutcome {
  return { ok: false, problems };
}
