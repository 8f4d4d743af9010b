import { diagnoseDesign, fixesOf } from "@hauberk/core/editor";
import type { FixesAnswer, FixesRequest, LintAnswer, LintRequest } from "./lint-protocol.ts";

/** The newest request not yet answered; older ones are of no use to anybody. */
let latest: LintRequest | null = null;

addEventListener("message", (event: MessageEvent<LintRequest | FixesRequest>) => {
  if ("finding" in event.data) return answerFixes(event.data);
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

function answerFixes({ id, finding, files }: FixesRequest): void {
  const fixes = fixesOf(
    files.map(([path, text]) => ({ path, text })),
    finding,
  );
  const answer: FixesAnswer = { id, fixes };
  postMessage(answer);
}
