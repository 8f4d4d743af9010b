import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { openStore } from "@hauberk/store";
import type { Store } from "@hauberk/store";
import { readAccountSettings } from "../src/accounts/account-settings.ts";
import { openAccounts } from "../src/accounts/open-accounts.ts";
import { startTestServer } from "./test-server.ts";

/** How a proxy is set up that tells user, address and name. */
export const proxyVariables = {
  HAUBERK_PROXY_USER_HEADER: "X-Remote-User",
  HAUBERK_PROXY_EMAIL_HEADER: "X-Remote-Email",
  HAUBERK_PROXY_NAME_HEADER: "X-Remote-Name",
};

/** Starts a service behind proxies at these addresses, which tell who is signed in. */
export async function startBehindProxy(proxies: string[], given?: Store): Promise<string> {
  return startTestServer(behindProxy(proxies, given ?? (await openNewStore())));
}

/** How such a service is started. */
export function behindProxy(proxies: string[], store: Store) {
  const settings = readAccountSettings(proxyVariables, proxies);
  if (!settings.ok) throw new Error(settings.problems.join("\n"));
  const accounts = openAccounts(settings.accounts, store, pino({ level: "silent" }));
  const rateLimits = { designsPerMinute: 1_000_000, requestsPerMinute: 1_000_000 };
  return { store, accounts, trustedProxies: proxies, rateLimits };
}

/** An empty store for one test. */
export async function openNewStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-accounts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return openStore({ folder });
}

/** What the proxy says of somebody whose address is their name's at example.org. */
export function headersOf(user: string): Record<string, string> {
  return { "x-remote-user": user, "x-remote-name": user, "x-remote-email": `${user}@example.org` };
}
