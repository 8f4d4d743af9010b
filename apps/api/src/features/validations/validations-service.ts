import type { ValidationEvent, ValidationRequest } from "@hauberk/contract";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { EngineCall, ValidationEngine } from "../../validation-engine.ts";

/** Has designs judged by the targets' parsers. */
export interface ValidationsService {
  /**
   * Starts a validation: the events arrive as the targets answer, `done` last. Refuses at once where no parser can be
   * run in isolation, and while shutting down.
   */
  start(request: ValidationRequest, call: EngineCall): Promise<AsyncGenerator<ValidationEvent>>;
  /** Takes no new validations, lets the running ones end for so many milliseconds, then ends them. */
  stop(milliseconds: number): Promise<void>;
}

/** Validations by an engine. */
export function createValidationsService(engine: ValidationEngine): ValidationsService {
  const running = new Map<AbortController, Promise<void>>();
  let stopping = false;

  async function* events(request: ValidationRequest, call: EngineCall): AsyncGenerator<ValidationEvent> {
    const abort = new AbortController();
    const ended = Promise.withResolvers<void>();
    running.set(abort, ended.promise);
    try {
      const signal = AbortSignal.any([call.signal, abort.signal]);
      for await (const { verdict, milliseconds } of engine.validate(request, { signal, client: call.client })) {
        yield { type: "verdict", verdict, milliseconds };
      }
      // Without `done` the client knows that the answer was cut off.
      if (signal.aborted) throw shuttingDown();
      yield { type: "done" };
    } finally {
      abort.abort();
      running.delete(abort);
      ended.resolve();
    }
  }

  return {
    async start(request, call) {
      if (stopping) throw shuttingDown();
      const problem = await engine.isolationProblem();
      if (problem !== null)
        throw new RequestProblem("sandbox-unavailable", `Nothing is run without isolation: ${problem}.`);
      return events(request, call);
    },
    async stop(milliseconds) {
      stopping = true;
      const late = setTimeout(() => {
        for (const abort of running.keys()) abort.abort();
      }, milliseconds);
      await Promise.all(running.values());
      clearTimeout(late);
    },
  };
}

function shuttingDown(): RequestProblem {
  return new RequestProblem("shutting-down", "The service is shutting down. Try again in a moment.");
}
