import type { Health, Readiness } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { ValidationEngine } from "../../validation-engine.ts";

/** Whether the process lives, and whether it can do its work. */
export interface HealthService {
  health(): Health;
  /**
   * Ready: parsers run in isolation, at least one target is usable, the store answers, and the service is not shutting
   * down.
   */
  readiness(): Promise<Readiness>;
  /** From now on the service is not ready: it is shutting down. */
  stop(): void;
}

/** The health of the service over an engine and a store. */
export function createHealthService(engine: ValidationEngine, store: Pick<Store, "check">): HealthService {
  let stopping = false;
  return {
    health: () => ({ status: "ok" }),
    async readiness() {
      const [isolation, statuses, stored] = await Promise.all([
        engine.isolationProblem(),
        engine.listTargets(),
        store.check().then(
          () => true,
          () => false,
        ),
      ]);
      const targets = statuses.map(({ id, usable, why }) => ({ id, usable, why }));
      const why = stopping
        ? "The service is shutting down."
        : whyNot(
            isolation,
            targets.some(({ usable }) => usable),
            stored,
          );
      return { ready: why === null, why, targets };
    },
    stop() {
      stopping = true;
    },
  };
}

function whyNot(isolation: string | null, anyUsable: boolean, stored: boolean): string | null {
  if (!stored) return "Saved designs can't be reached: the store doesn't answer.";
  if (isolation !== null) return `No parser can be run in isolation here: ${isolation}.`;
  return anyUsable
    ? null
    : "No target is usable: `npm run toolchains` gets the parsers and policy trees of the releases.";
}
