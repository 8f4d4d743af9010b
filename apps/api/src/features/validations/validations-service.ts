import type { ValidationEvent, ValidationRequest } from "@hauberk/contract";
import type { EngineRuns } from "../../engine-runs.ts";
import type { EngineCall, ValidationEngine } from "../../validation-engine.ts";

/** Has designs judged by the targets' parsers. */
export interface ValidationsService {
  /**
   * Starts a validation: the events arrive as the targets answer, `done` last. Refuses at once where no parser can be
   * run in isolation, and while shutting down.
   */
  start(request: ValidationRequest, call: EngineCall): Promise<AsyncGenerator<ValidationEvent>>;
}

/** Validations by an engine. */
export function createValidationsService(engine: ValidationEngine, runs: EngineRuns): ValidationsService {
  async function* verdicts(request: ValidationRequest, call: EngineCall): AsyncGenerator<ValidationEvent> {
    for await (const { verdict, milliseconds } of engine.validate(request, call)) {
      yield { type: "verdict", verdict, milliseconds };
    }
  }
  return { start: (request, call) => runs.start(call, (running) => verdicts(request, running)) };
}
