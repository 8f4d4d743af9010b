import { connectSandbox, createSandbox } from "@hauberk/sandbox";
import type { ValidationEngine } from "./validation-engine.ts";

/**
 * The engine that runs the targets' parsers: in the sandbox of this machine, or behind the unix socket of a validator
 * where one is named.
 */
export function sandboxEngine(validatorSocket?: string): ValidationEngine {
  return validatorSocket === undefined ? createSandbox() : connectSandbox(validatorSocket);
}
