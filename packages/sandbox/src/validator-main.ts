import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createSandbox } from "./sandbox.ts";
import { serveSandbox } from "./validator/serve-sandbox.ts";
import { socketEnding } from "./validator/validator-sockets.ts";

const environmentSchema = z.object({
  HAUBERK_VALIDATOR_SOCKET: z
    .string("Name the unix socket to listen on.")
    .startsWith("/", "Name it by its absolute path."),
  /** Runs at the same time; the container's limits on memory and processes must fit it. */
  HAUBERK_VALIDATOR_WORKERS: z.coerce.number().int().min(1).max(1_024).optional(),
});

/**
 * The validator: takes designs over the unix socket that `HAUBERK_VALIDATOR_SOCKET` names and has the targets' parsers
 * judge them, each confined by the launcher. It is made for its container, which has no network and is laid out for it.
 * Where that names a folder, the socket in it has the name of the container: so there may be several.
 */
async function main(): Promise<void> {
  const read = environmentSchema.safeParse(process.env);
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      console.error(`The validator can't start. ${path.join(".")}: ${message}`);
    }
    process.exitCode = 2;
    return;
  }
  const { HAUBERK_VALIDATOR_SOCKET: place, HAUBERK_VALIDATOR_WORKERS: workers } = read.data;
  const isFolder = await stat(place).then(
    (status) => status.isDirectory(),
    () => false,
  );
  const socket = isFolder ? join(place, hostname() + socketEnding) : place;
  const sandbox = createSandbox({ confinement: "launcher", ...(workers !== undefined && { workers }) });
  const problem = await sandbox.isolationProblem();
  if (problem !== null) console.error(`No parser will be run: ${problem}.`);
  const served = await serveSandbox(sandbox, socket);
  console.error(`The validator listens on ${socket}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => void served.stop().then(() => process.exit(0)));
  }
}

await main();
