import { diagnoseDesign } from "@hauberk/core/editor";
import type { LintAnswer, LintRequest } from "./lint-protocol.ts";

/** The newest request not yet answered; older ones are of no use to anybody. */
let latest: LintRequest | null = null;

addEventListener("message", (event: MessageEvent<LintRequest>) => {
  if (latest === null) setTimeout(answerLatest, 0);
  latest = event.data;
});

function answerLatest(): void {
  const request = latest;
  latest = null;
  if (request === null) return;
  const files = request.files.map(([path, text]) => ({ path, text }));
  const answer: LintAnswer = { seq: request.seq, diagnostics: diagnoseDesign(files) };
  postMessage(answer);
}
