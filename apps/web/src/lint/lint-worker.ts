import { diagnoseDesign, fixesOf } from "@hauberk/core/editor";
import type { PolicyTree } from "@hauberk/core/analysis";
import type { FixesAnswer, FixesRequest, LintAnswer, LintRequest, PolicyNotice } from "./lint-protocol.ts";

/** The newest request not yet answered; older ones are of no use to anybody. */
let latest: LintRequest | null = null;

/** What is known of the target. */
let context: { readonly policy?: PolicyTree } = {};

addEventListener("message", (event: MessageEvent<LintRequest | FixesRequest | PolicyNotice>) => {
  if ("policy" in event.data) return heedPolicy(event.data);
  if ("finding" in event.data) return answerFixes(event.data);
  if (latest === null) setTimeout(answerLatest, 0);
  latest = event.data;
});

function heedPolicy({ policy }: PolicyNotice): void {
  context = policy === null ? {} : { policy: { target: policy.target, files: new Map(policy.files) } };
}

function answerLatest(): void {
  const request = latest;
  latest = null;
  if (request === null) return;
  const files = request.files.map(([path, text]) => ({ path, text }));
  const answer: LintAnswer = { seq: request.seq, diagnostics: diagnoseDesign(files, context) };
  postMessage(answer);
}

function answerFixes({ id, finding, files }: FixesRequest): void {
  const fixes = fixesOf(
    files.map(([path, text]) => ({ path, text })),
    finding,
    context,
  );
  const answer: FixesAnswer = { id, fixes };
  postMessage(answer);
}
