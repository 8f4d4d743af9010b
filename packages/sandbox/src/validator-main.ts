import { createSandbox } from "./sandbox.ts";
import { serveSandbox } from "./validator/serve-sandbox.ts";

/**
 * The validator: takes designs over the unix socket that `HAUBERK_VALIDATOR_SOCKET` names and has the targets' parsers
 * judge them, each confined by the launcher. It is made for its container, which has no network and is laid out for it.
 */
async function main(): Promise<void> {
  const socket = process.env["HAUBERK_VALIDATOR_SOCKET"];
  if (socket === undefined || !socket.startsWith("/")) {
    console.error("The validator can't start: HAUBERK_VALIDATOR_SOCKET must name the unix socket to listen on.");
    process.exitCode = 2;
    return;
  }
  const sandbox = createSandbox({ confinement: "launcher" });
  const problem = await sandbox.isolationProblem();
  if (problem !== null) console.error(`No parser will be run: ${problem}.`);
  const served = await serveSandbox(sandbox, socket);
  console.error(`The validator listens on ${socket}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => void served.stop().then(() => process.exit(0)));
  }
}

await main();
