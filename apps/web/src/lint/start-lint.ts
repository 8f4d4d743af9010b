import type { DesignStore, Texts } from "../store/index.ts";
import { findingsStore } from "../store/index.ts";
import type { LintAnswer, LintRequest } from "./lint-protocol.ts";

/** Milliseconds after the last change before the worker is asked: typing is not interrupted by squiggles. */
const pause = 120;

/** Keeps the findings of the worker in step with the design's texts. */
export function startLint(store: DesignStore): void {
  const worker = new Worker(new URL("./lint-worker.ts", import.meta.url), { type: "module", name: "hauberk-lint" });
  let seq = 0;
  let asked: { readonly seq: number; readonly texts: Texts } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let seen: Texts | null = null;

  const ask = () => {
    timer = null;
    const { texts } = store.getState();
    asked = { seq: ++seq, texts };
    const request: LintRequest = { seq, files: [...texts] };
    worker.postMessage(request);
  };

  worker.addEventListener("message", (event: MessageEvent<LintAnswer>) => {
    if (asked === null || event.data.seq !== asked.seq) return;
    findingsStore.setState({ lint: { texts: asked.texts, diagnostics: event.data.diagnostics } });
  });
  worker.addEventListener("error", (event) => {
    store.getState().notify("bad", `The checks stopped: ${event.message || "their worker could not be loaded"}.`);
  });

  const heed = () => {
    const { texts } = store.getState();
    if (texts === seen) return;
    // The first text is looked at without waiting.
    const first = seen === null || seen.size === 0;
    seen = texts;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(ask, first ? 0 : pause);
  };
  store.subscribe(heed);
  heed();
}
