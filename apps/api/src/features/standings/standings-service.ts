import type { StandingEvent, StandingRequest } from "@hauberk/contract";
import type { EngineRuns } from "../../engine-runs.ts";
import type { EngineCall, ValidationEngine } from "../../validation-engine.ts";

/** Finds what each rule of a design comes to on targets. */
export interface StandingsService {
  /**
   * Starts: the rows of a target arrive as it is done, `done` last. Refuses at once where no parser can be run in
   * isolation, and while shutting down.
   */
  start(request: StandingRequest, call: EngineCall): Promise<AsyncGenerator<StandingEvent>>;
}

/** Standings by an engine. */
export function createStandingsService(engine: ValidationEngine, runs: EngineRuns): StandingsService {
  async function* standings(request: StandingRequest, call: EngineCall): AsyncGenerator<StandingEvent> {
    for await (const { target, rows, milliseconds } of engine.standings(request, call)) {
      yield { type: "standing", target, rows: [...rows], milliseconds };
    }
  }
  return { start: (request, call) => runs.start(call, (running) => standings(request, running)) };
}
