import type { ValidationEngine } from "../validation-engine.ts";
import type { ServiceMetrics } from "./service-metrics.ts";

/** The engine, whose verdicts are counted. */
export function measuredEngine(engine: ValidationEngine, metrics: ServiceMetrics): ValidationEngine {
  return {
    listTargets: () => engine.listTargets(),
    isolationProblem: () => engine.isolationProblem(),
    async *validate(request, call) {
      for await (const answer of engine.validate(request, call)) {
        metrics.verdictGiven(answer.verdict, answer.milliseconds / 1_000);
        yield answer;
      }
    },
    standings: (request, call) => engine.standings(request, call),
    policyTree: (id) => engine.policyTree(id),
    compiledPolicy: (sha256) => engine.compiledPolicy(sha256),
    close: () => engine.close(),
  };
}
