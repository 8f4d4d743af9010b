import { connectSandbox, createSandbox } from "@hauberk/sandbox";
import type { ValidationEngine } from "./validation-engine.ts";

/**
 * The engine that runs the targets' parsers: in the sandbox of this machine, or behind validators where their sockets,
 * or folders of sockets, are named.
 */
export function sandboxEngine(validatorSockets: readonly string[] = []): ValidationEngine {
  return validatorSockets.length === 0 ? createSandbox() : connectSandbox(...validatorSockets);
}
