import type { PolicyTree } from "@hauberk/core/analysis";
import type { Diagnostic, Fix } from "@hauberk/core/text";
import type { DesignStore, Texts } from "../store/index.ts";
import { findingsStore, policyStore } from "../store/index.ts";
import type {
  FixesAnswer,
  FixesRequest,
  FoundOverlap,
  LintAnswer,
  LintRequest,
  OverlapsAnswer,
  OverlapsRequest,
  PolicyNotice,
} from "./lint-protocol.ts";

/** Milliseconds after the last change before the worker is asked: typing is not interrupted by squiggles. */
const pause = 120;

/** Who waits for the fixes of a finding, by the number of the question. */
const waiting = new Map<number, (fixes: readonly Fix[]) => void>();
let ask: ((finding: Diagnostic, texts: Texts) => Promise<readonly Fix[]>) | null = null;

/** Who waits for the needless rules of a profile. */
const waitingForOverlaps = new Map<number, (found: readonly FoundOverlap[]) => void>();
let askOverlaps: ((path: string, start: number, texts: Texts) => Promise<readonly FoundOverlap[]>) | null = null;

/** The rules of the profile that begins at a place of a file, which others make needless; none where the checks do not run. */
export function overlapsOfProfile(path: string, start: number, texts: Texts): Promise<readonly FoundOverlap[]> {
  return askOverlaps === null ? Promise.resolve([]) : askOverlaps(path, start, texts);
}

/** The fixes of a finding over the texts that it was made of; none where the checks do not run. */
export function fixesOfFinding(finding: Diagnostic, texts: Texts): Promise<readonly Fix[]> {
  return ask === null ? Promise.resolve([]) : ask(finding, texts);
}

/** Keeps the findings of the worker in step with the design's texts. */
export function startLint(store: DesignStore): void {
  const worker = new Worker(new URL("./lint-worker.ts", import.meta.url), { type: "module", name: "hauberk-lint" });
  let seq = 0;
  let asked: { readonly seq: number; readonly texts: Texts } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let seen: Texts | null = null;

  let question = 0;
  ask = (finding, texts) =>
    new Promise((resolve) => {
      waiting.set(++question, resolve);
      const request: FixesRequest = { finding, id: question, files: [...texts] };
      worker.postMessage(request);
    });

  askOverlaps = (path, start, texts) =>
    new Promise((resolve) => {
      waitingForOverlaps.set(++question, resolve);
      const request: OverlapsRequest = { id: question, path, start, files: [...texts] };
      worker.postMessage(request);
    });

  const lint = () => {
    timer = null;
    const { texts } = store.getState();
    asked = { seq: ++seq, texts };
    const request: LintRequest = { seq, files: [...texts] };
    worker.postMessage(request);
  };

  worker.addEventListener("message", (event: MessageEvent<LintAnswer | FixesAnswer | OverlapsAnswer>) => {
    if ("overlaps" in event.data) {
      waitingForOverlaps.get(event.data.id)?.(event.data.overlaps);
      waitingForOverlaps.delete(event.data.id);
      return;
    }
    if ("fixes" in event.data) {
      waiting.get(event.data.id)?.(event.data.fixes);
      waiting.delete(event.data.id);
      return;
    }
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
    timer = setTimeout(lint, first ? 0 : pause);
  };
  store.subscribe(heed);
  heed();

  let told: PolicyTree | null = null;
  policyStore.subscribe(({ tree }) => {
    if (tree === told) return;
    told = tree;
    const notice: PolicyNotice = { policy: tree === null ? null : { target: tree.target, files: [...tree.files] } };
    worker.postMessage(notice);
    // What was found without it may read otherwise now.
    if (timer === null && seen !== null && seen.size > 0) timer = setTimeout(lint, pause);
  });
}
