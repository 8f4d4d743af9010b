import { RequestProblem } from "../../problems/request-problem.ts";

/** How many streams of events may be open at once. */
export interface StreamLimits {
  /** By one address. People behind one router share it. */
  readonly perClient: number;
  /** Below the connections that the server holds, so that requests always find one. */
  readonly altogether: number;
}

/** A team of a hundred behind one router, and most of a process's connections. */
export const defaultStreamLimits: StreamLimits = { perClient: 100, altogether: 800 };

/** Counts the streams that are open. */
export interface StreamPlaces {
  /** Takes a place for a client, until the function is called that it answers. 429 where there is none. */
  take(client: string): () => void;
}

/** Places for streams, all free. */
export function createStreamPlaces(limits: StreamLimits): StreamPlaces {
  const byClient = new Map<string, number>();
  let taken = 0;
  const count = (client: string, change: 1 | -1): void => {
    taken += change;
    const now = (byClient.get(client) ?? 0) + change;
    if (now === 0) byClient.delete(client);
    else byClient.set(client, now);
  };
  return {
    take(client) {
      if ((byClient.get(client) ?? 0) >= limits.perClient) {
        throw new RequestProblem(
          "too-many-requests",
          `One address may follow ${limits.perClient} designs at once. Close a page that you no longer read.`,
        );
      }
      if (taken >= limits.altogether) {
        throw new RequestProblem(
          "too-many-requests",
          "As many pages as this service can keep up to date are open already. Reload yours to see what is new.",
        );
      }
      count(client, 1);
      let free = false;
      return () => {
        if (free) return;
        free = true;
        count(client, -1);
      };
    },
  };
}
