import { RequestProblem } from "./problems/request-problem.ts";
import type { EngineCall, ValidationEngine } from "./validation-engine.ts";

/** What the engine runs for clients at the moment: begun where it can be isolated, ended where the service stops. */
export interface EngineRuns {
  /**
   * Begins a run whose events come as `make` gives them, `done` last. Refuses at once where no parser can be run in
   * isolation, and while shutting down.
   */
  start<Event>(
    call: EngineCall,
    make: (call: EngineCall) => AsyncIterable<Event>,
  ): Promise<AsyncGenerator<Event | { readonly type: "done" }>>;
  /** How many are under way or wait. */
  count(): number;
  /** Takes no new runs, lets those that run end for so many milliseconds, then ends them. */
  stop(milliseconds: number): Promise<void>;
}

/** The runs of an engine. */
export function createEngineRuns(engine: Pick<ValidationEngine, "isolationProblem">): EngineRuns {
  const running = new Map<AbortController, Promise<void>>();
  let stopping = false;

  async function* events<Event>(
    call: EngineCall,
    make: (call: EngineCall) => AsyncIterable<Event>,
  ): AsyncGenerator<Event | { readonly type: "done" }> {
    const abort = new AbortController();
    const ended = Promise.withResolvers<void>();
    running.set(abort, ended.promise);
    try {
      const signal = AbortSignal.any([call.signal, abort.signal]);
      yield* make({ signal, client: call.client });
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
    async start(call, make) {
      if (stopping) throw shuttingDown();
      const problem = await engine.isolationProblem();
      if (problem !== null)
        throw new RequestProblem("sandbox-unavailable", `Nothing is run without isolation: ${problem}.`);
      return events(call, make);
    },
    count: () => running.size,
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
