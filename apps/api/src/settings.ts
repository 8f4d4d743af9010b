import * as z from "zod";
import { storePlaceOf } from "@hauberk/store";
import type { StorePlace } from "@hauberk/store";
import { readAccountSettings } from "./accounts/account-settings.ts";
import type { AccountSettings } from "./accounts/account-settings.ts";
import { defaultStreamLimits } from "./features/events/stream-places.ts";
import type { StreamLimits } from "./features/events/stream-places.ts";
import { defaultRateLimits } from "./requests/rate-limits.ts";
import type { RateLimits } from "./requests/rate-limits.ts";

/** What the environment says about how the service is to run. */
export interface Settings {
  readonly host: string;
  /** The ports to try: the one that was asked for, or the usual one and those after it. */
  readonly ports: readonly number[];
  readonly logLevel: string;
  readonly allowedHosts: readonly string[];
  readonly trustedProxies: readonly string[] | undefined;
  readonly rateLimits: RateLimits;
  /** How many may follow designs at once. */
  readonly streams: StreamLimits;
  /** The folder of the built web application, where it is not the usual one. */
  readonly webRoot: string | undefined;
  /** The unix sockets of validators, or folders of them, where this process is not to run the parsers itself. */
  readonly validatorSockets: readonly string[];
  /** Where metrics are told to a watcher; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Where saved designs are kept. */
  readonly store: StorePlace;
  /** Who keeps the accounts. */
  readonly accounts: AccountSettings;
}

const usualPort = 8137;
const portsToTry = 20;

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );

const count = (usual: number) => z.coerce.number().int().min(1).max(1_000_000).default(usual);

const environmentSchema = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).optional(),
  HAUBERK_ALLOWED_HOSTS: list,
  HAUBERK_TRUSTED_PROXIES: list,
  HAUBERK_REQUESTS_PER_MINUTE: count(defaultRateLimits.requestsPerMinute),
  HAUBERK_VALIDATIONS_PER_MINUTE: count(defaultRateLimits.validationsPerMinute),
  HAUBERK_DESIGNS_PER_MINUTE: count(defaultRateLimits.designsPerMinute),
  HAUBERK_STREAMS: count(defaultStreamLimits.altogether),
  HAUBERK_STREAMS_PER_ADDRESS: count(defaultStreamLimits.perClient),
  HAUBERK_WEB_ROOT: z.string().optional(),
  HAUBERK_VALIDATOR_SOCKET: list.refine(
    (places) => places.every((place) => place.startsWith("/")),
    "Name each socket, or folder of sockets, by its absolute path.",
  ),
  HAUBERK_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HAUBERK_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
});

/** The settings, or each variable that can't be used and why. */
export type SettingsOutcome =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the settings from environment variables; an empty one counts as not set.
 *
 * @param atTerminal a person watches the log: without LOG_LEVEL only warnings are shown to them.
 */
export function readSettings(environment: NodeJS.ProcessEnv, atTerminal: boolean): SettingsOutcome {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = environmentSchema.safeParse(given);
  const store = storePlaceOf(environment);
  const accounts = readAccountSettings(given, read.data?.HAUBERK_TRUSTED_PROXIES ?? []);
  if (!read.success || !store.ok || !accounts.ok) {
    const issues = read.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
    return {
      ok: false,
      problems: [...issues, ...(store.ok ? [] : [store.problem]), ...(accounts.ok ? [] : accounts.problems)],
    };
  }
  const { data } = read;
  const ports =
    data.PORT === undefined ? Array.from({ length: portsToTry }, (_, index) => usualPort + index) : [data.PORT];
  return {
    ok: true,
    settings: {
      host: data.HOST,
      ports,
      logLevel: data.LOG_LEVEL ?? (atTerminal ? "warn" : "info"),
      allowedHosts: [...data.HAUBERK_ALLOWED_HOSTS.map((name) => name.toLowerCase()), ...publicName(accounts.accounts)],
      trustedProxies: data.HAUBERK_TRUSTED_PROXIES.length === 0 ? undefined : data.HAUBERK_TRUSTED_PROXIES,
      rateLimits: {
        requestsPerMinute: data.HAUBERK_REQUESTS_PER_MINUTE,
        validationsPerMinute: data.HAUBERK_VALIDATIONS_PER_MINUTE,
        designsPerMinute: data.HAUBERK_DESIGNS_PER_MINUTE,
      },
      streams: { perClient: data.HAUBERK_STREAMS_PER_ADDRESS, altogether: data.HAUBERK_STREAMS },
      webRoot: data.HAUBERK_WEB_ROOT,
      validatorSockets: data.HAUBERK_VALIDATOR_SOCKET,
      metrics:
        data.HAUBERK_METRICS_PORT === undefined
          ? undefined
          : { host: data.HAUBERK_METRICS_HOST, port: data.HAUBERK_METRICS_PORT },
      store: store.place,
      accounts: accounts.accounts,
    },
  };
}

/** The name at which browsers come back from the provider of accounts. */
function publicName(accounts: AccountSettings): string[] {
  return accounts.kind === "openid" ? [accounts.openId.publicUrl.hostname] : [];
}
