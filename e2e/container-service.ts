import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { readinessSchema } from "@hauberk/contract";
import type { Service } from "./service.ts";

/** Chromium breaks off what it loads when a network of the machine comes or goes, and hears of that a moment later. */
const networksSettle = 2_000;

const readyWithin = 60_000;

/**
 * The containers of `docker-compose.yml`, which `scripts/docker.sh` has started: HAUBERK_E2E_SERVICE is their address,
 * HAUBERK_E2E_CONTAINERS names the proxy's and those of the processes, with commas between them. Null: neither is set.
 */
export function containerService(): Service | null {
  const { HAUBERK_E2E_SERVICE: address = "", HAUBERK_E2E_CONTAINERS: names = "" } = process.env;
  if (address === "") return null;
  const [proxy, ...processes] = names.split(",").filter((name) => name !== "");
  if (proxy === undefined || processes.length === 0)
    throw new Error("HAUBERK_E2E_SERVICE needs the names of the containers in HAUBERK_E2E_CONTAINERS.");
  return new ContainerService(new URL(address).href, proxy, processes);
}

class ContainerService implements Service {
  readonly url: string;
  readonly #proxy: string;
  readonly #processes: readonly string[];
  #isStopped = false;

  constructor(url: string, proxy: string, processes: readonly string[]) {
    this.url = url;
    this.#proxy = proxy;
    this.#processes = processes;
  }

  /** Since their last start: one that was there before PostgreSQL has said so in words, and was started again. */
  readLog(): string {
    return this.#processes.map((name) => docker("logs", "--since", startOf(name), name).stderr).join("");
  }

  async start(): Promise<void> {
    if (!this.#isStopped) return;
    docker("start", this.#proxy);
    const until = performance.now() + readyWithin;
    while (!(await this.#isReady())) {
      if (performance.now() > until) throw new Error(`The containers are not ready after ${readyWithin} ms.`);
      await sleep(200);
    }
    await sleep(networksSettle);
    this.#isStopped = false;
  }

  /** Without the proxy nobody reaches them. */
  async stop(): Promise<void> {
    docker("stop", "--time", "1", this.#proxy);
    this.#isStopped = true;
    await sleep(networksSettle);
  }

  async close(): Promise<void> {
    await this.start();
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(new URL("readyz", this.url));
      return readinessSchema.parse(await response.json()).ready;
    } catch {
      // No answer, or the proxy's own, which is no JSON.
      return false;
    }
  }
}

const startOf = (container: string): string =>
  docker("inspect", "--format", "{{.State.StartedAt}}", container).stdout.trim();

function docker(...args: readonly string[]): { stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8", maxBuffer: 1024 ** 3 });
  if (status !== 0) throw new Error(`docker ${args[0]} failed: ${stderr}`);
  return { stdout, stderr };
}
