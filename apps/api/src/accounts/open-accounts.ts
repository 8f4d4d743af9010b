import type { Logger } from "pino";
import type { Store } from "@hauberk/store";
import type { AccountSettings } from "./account-settings.ts";
import { noAccounts } from "./accounts.ts";
import type { Accounts } from "./accounts.ts";
import { openIdAccounts } from "./openid-accounts.ts";
import { proxyAccounts } from "./proxy-accounts.ts";
import { addressesIn } from "./trusted-addresses.ts";

/** The accounts as the settings have them. */
export function openAccounts(
  settings: AccountSettings,
  store: Store,
  logger: Logger,
  now: () => Date = () => new Date(),
): Accounts {
  switch (settings.kind) {
    case "none":
      return noAccounts;
    case "openid":
      return openIdAccounts(store, settings.openId, logger, now);
    case "proxy": {
      const proxies = addressesIn(settings.proxies);
      if (!proxies.ok) throw new Error(`\`${proxies.entry}\` is no address and no network`);
      return proxyAccounts(store, settings.headers, proxies.holds, now);
    }
  }
}
