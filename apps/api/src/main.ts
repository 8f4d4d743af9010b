import { fileURLToPath } from "node:url";
import { pino } from "pino";
import type { Logger } from "pino";
import { describePlace, openStore } from "@hauberk/store";
import type { Store, StorePlace } from "@hauberk/store";
import { openAccounts } from "./accounts/open-accounts.ts";
import { isPortTaken, startServer } from "./server.ts";
import type { RunningServer } from "./server.ts";
import { readSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { sandboxEngine } from "./sandbox-engine.ts";
import { serviceLog } from "./service-log.ts";

const usualWebRoot = fileURLToPath(new URL("../../web/dist", import.meta.url));

/** Starts the service as the environment says, and ends it on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const outcome = readSettings(process.env, process.stderr.isTTY);
  if (!outcome.ok) {
    for (const problem of outcome.problems) console.error(`Hauberk can't start. ${problem}`);
    process.exitCode = 2;
    return;
  }
  const { settings } = outcome;
  // The log goes to standard error, so that the line for people stands alone.
  const logger = serviceLog(settings.logLevel, pino.destination(2));
  const server = await start(settings, logger);
  if (server === null) {
    process.exitCode = 1;
    return;
  }
  console.log(`Hauberk is ready at ${server.url}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => void stop(server, logger, signal));
  }
}

async function start(settings: Settings, logger: Logger): Promise<RunningServer | null> {
  const store = await open(settings.store);
  if (store === null) return null;
  try {
    const engine = sandboxEngine(settings.validatorSockets);
    const accounts = openAccounts(settings.accounts, store, logger);
    return await startServer({ ...startOptions(settings), engine, store, accounts, logger });
  } catch (error) {
    const [first] = settings.ports;
    console.error(
      isPortTaken(error)
        ? `Hauberk can't listen on port ${first}: another program has it. Set PORT to a free one.`
        : `Hauberk can't start: ${wordsOf(error)}`,
    );
    await store.close();
    return null;
  }
}

async function open(place: StorePlace): Promise<Store | null> {
  try {
    return await openStore(place);
  } catch (error) {
    const remedy =
      "url" in place
        ? "See whether it runs and HAUBERK_DATABASE_URL names it rightly."
        : "Set HAUBERK_DATA to a folder that this user may write to.";
    console.error(`Hauberk can't keep designs in ${describePlace(place)}: ${wordsOf(error)}. ${remedy}`);
    return null;
  }
}

/** What went wrong; Node puts nothing but a code into the error of an address with several numbers. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" && "code" in error ? String(error.code) : error.message;
}

function startOptions(settings: Settings) {
  const { host, ports, allowedHosts, rateLimits, streams, trustedProxies, webRoot = usualWebRoot } = settings;
  return {
    host,
    ports,
    allowedHosts,
    rateLimits,
    events: { limits: streams },
    webRoot,
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
    ...(settings.metrics === undefined ? {} : { metricsAt: settings.metrics }),
  };
}

async function stop(server: RunningServer, logger: Logger, signal: string): Promise<void> {
  logger.info({ signal }, "stopping");
  try {
    await server.stop();
    process.exit(0);
  } catch (error) {
    logger.error({ err: error }, "could not stop in order");
    process.exit(1);
  }
}

await main();
