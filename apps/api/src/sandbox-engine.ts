import { createSandbox } from "@hauberk/sandbox";
import type { ValidationEngine } from "./validation-engine.ts";

/** The engine that runs the targets' parsers in the sandbox of this machine. */
export function sandboxEngine(): ValidationEngine {
  return createSandbox();
}
