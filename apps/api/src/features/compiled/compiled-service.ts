import { RequestProblem } from "../../problems/request-problem.ts";
import type { ValidationEngine } from "../../validation-engine.ts";

/** Compiled policies by the hash that a verdict named. */
export interface CompiledService {
  /** The bytes of the policy; refuses where nothing of that hash is kept. */
  find(sha256: string): Promise<Uint8Array>;
}

/** The policies that the engine still keeps. */
export function createCompiledService(engine: ValidationEngine): CompiledService {
  return {
    async find(sha256) {
      const policy = await engine.compiledPolicy(sha256);
      if (policy === undefined) {
        throw new RequestProblem(
          "not-found",
          "No compiled policy of this hash is kept. Policies are kept for a while only: validate the design again.",
        );
      }
      return policy;
    },
  };
}
