import type { DraftAnswer, DraftRequest } from "./draft-protocol.ts";

/** A worker that reads what was given; ending it ends whatever it does. */
export interface Drafting {
  readonly ask: (request: DraftRequest) => void;
  readonly end: () => void;
}

/** Starts a worker of its own for one draft: a file of somebody else is read there and nowhere else. */
export function startDrafting(hear: (answer: DraftAnswer) => void): Drafting {
  const worker = new Worker(new URL("./draft-worker.ts", import.meta.url), { type: "module", name: "hauberk-draft" });
  worker.addEventListener("message", (event: MessageEvent<DraftAnswer>) => hear(event.data));
  worker.addEventListener("error", (event) => {
    hear({ kind: "refused", reason: `the reader stopped: ${event.message || "it could not be loaded"}` });
  });
  return {
    ask: (request) => worker.postMessage(request),
    end: () => worker.terminate(),
  };
}
