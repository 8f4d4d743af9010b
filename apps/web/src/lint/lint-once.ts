import type { PolicyTree } from "@hauberk/core/analysis";
import type { Diagnostic } from "@hauberk/core/text";
import type { LintAnswer, LintRequest, PolicyNotice } from "./lint-protocol.ts";

/** What is found in texts that nobody edits, by a worker that ends with its answer. Rejects where it can't be loaded. */
export function lintOnce(
  files: LintRequest["files"],
  policy: PolicyTree | null,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const worker = new Worker(new URL("./lint-worker.ts", import.meta.url), { type: "module", name: "hauberk-lint" });
  signal.addEventListener("abort", () => worker.terminate());
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<LintAnswer>) => {
      worker.terminate();
      resolve(data.diagnostics);
    });
    worker.addEventListener("error", (event) => {
      worker.terminate();
      reject(new Error(event.message));
    });
    const notice: PolicyNotice = {
      policy: policy === null ? null : { target: policy.target, files: [...policy.files] },
    };
    const request: LintRequest = { seq: 1, files };
    worker.postMessage(notice);
    worker.postMessage(request);
  });
}
