import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const mainFile = fileURLToPath(new URL("../apps/api/src/main.ts", import.meta.url));
const builtWeb = process.env["HAUBERK_WEB_ROOT"] ?? fileURLToPath(new URL("../apps/web/dist", import.meta.url));

/** The real service, as journeys know it. */
export interface Service {
  /** Where it answers, with a slash at its end. */
  readonly url: string;
  /** What it has logged up to now, at the level of its environment. */
  readLog(): string;
  /** Has it answer again where it was; nothing happens where it does. */
  start(): Promise<void>;
  /** Has it answer nobody until it is started again. */
  stop(): Promise<void>;
  /** The journeys are over: it is left as it was before them. */
  close(): Promise<void>;
}

/** The service in a process of its own, on SQLite. */
export class OwnService implements Service {
  readonly url: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: string[];
  #process: ServiceProcess | null;

  private constructor(
    url: string,
    environment: Readonly<Record<string, string>>,
    child: ServiceProcess,
    log: string[],
  ) {
    this.url = url;
    this.#environment = environment;
    this.#process = child;
    this.#log = log;
  }

  /** Starts the service on a free port of this machine, with these environment variables beside the usual ones. */
  static async launch(environment: Readonly<Record<string, string>> = {}): Promise<OwnService> {
    if (!existsSync(join(builtWeb, "index.html")))
      throw new Error("The web application is not built: run `npm run build` first.");
    const own = { HAUBERK_DATA: newDataFolder(), ...environment };
    const log: string[] = [];
    const { url, child } = await spawnService(0, own, log);
    return new OwnService(url, own, child, log);
  }

  readLog(): string {
    return this.#log.join("");
  }

  async start(): Promise<void> {
    if (this.#process !== null) return;
    const { child } = await spawnService(Number(new URL(this.url).port), this.#environment, this.#log);
    this.#process = child;
  }

  /** Ends it in order and waits until it is gone; rejects where it did not end well. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const code = await exit;
    if (code !== 0) throw new Error(`The service ended with ${String(code)}.`);
  }

  async close(): Promise<void> {
    await this.stop();
  }
}

/** A folder for saved designs of this run alone, gone when its worker ends. */
function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hauberk-e2e-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type ServiceProcess = ChildProcessByStdio<null, Readable, Readable>;

async function spawnService(
  port: number,
  environment: Readonly<Record<string, string>>,
  log: string[],
): Promise<{ url: string; child: ServiceProcess }> {
  const child = spawn(process.execPath, [mainFile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: "error",
      // All journeys come from one address; limits have their own tests.
      HAUBERK_REQUESTS_PER_MINUTE: "100000",
      HAUBERK_VALIDATIONS_PER_MINUTE: "100000",
      ...environment,
    },
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log.push(text);
    // Errors are for whoever runs the journeys; whoever asks for more reads the log.
    if (environment["LOG_LEVEL"] === undefined) process.stderr.write(text);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Hauberk is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error("The service ended before it was ready.");
}
