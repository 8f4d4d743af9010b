import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inContainer } from "./launcher-container.ts";

/** A validator that runs for the tests. */
export interface RunningValidator {
  readonly socket: string;
  /** The process of the container, on this machine. */
  readonly container: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a program that serves a sandbox on `HAUBERK_VALIDATOR_SOCKET`, in a container, and waits until it listens. */
export async function startValidator(
  program: string = "../src/validator-main.ts",
  folder: string = mkdtempSync(join(tmpdir(), "hauberk-test-")),
): Promise<RunningValidator> {
  const socket = join(folder, "validator.sock");
  const main = fileURLToPath(new URL(program, import.meta.url));
  const [command = "", ...args] = inContainer([main], [{ folder, writable: true }], {
    HAUBERK_VALIDATOR_SOCKET: socket,
    HAUBERK_SECRET: "hauberk_must_not_be_told",
  });
  const container = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(container, "exit");
  const said: string[] = [];
  for await (const line of createInterface({ input: container.stderr })) {
    said.push(line);
    if (line.includes("listens on")) break;
  }
  if (!said.at(-1)?.includes("listens on")) throw new Error(`the validator did not start: ${said.join("\n")}`);
  container.stderr.resume();
  return {
    socket,
    container,
    async stop() {
      container.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
