import { diagnoseDesign, fixesOf } from "@hauberk/core/editor";
import { overlaps, type PolicyTree } from "@hauberk/core/analysis";
import { type ProfileView, viewFile } from "@hauberk/core/design";
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

/** The newest request not yet answered; older ones are of no use to anybody. */
let latest: LintRequest | null = null;

/** What is known of the target. */
let context: { readonly policy?: PolicyTree } = {};

addEventListener("message", (event: MessageEvent<LintRequest | FixesRequest | OverlapsRequest | PolicyNotice>) => {
  if ("policy" in event.data) return heedPolicy(event.data);
  if ("finding" in event.data) return answerFixes(event.data);
  if ("start" in event.data) return answerOverlaps(event.data);
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

function answerOverlaps({ id, path, start, files }: OverlapsRequest): void {
  const views = files.filter(([name]) => name.startsWith("apparmor.d/")).map(([name, text]) => viewFile(name, text));
  const file = views.find((view) => view.path === path);
  const profile = file === undefined ? undefined : profileAt(file.profiles, start);
  const answer: OverlapsAnswer = { id, overlaps: [] };
  if (file === undefined || profile === undefined) return postMessage(answer);
  const numbers = new Map(profile.rules.map((placed, number) => [placed, number]));
  const found = overlaps(file, profile, { files: views, policy: context.policy ?? null });
  const plain: FoundOverlap[] = found.map(({ kind, rule, by, words }) => ({
    kind,
    rule: numbers.get(rule) ?? -1,
    by: numbers.get(by) ?? -1,
    words,
  }));
  postMessage({ ...answer, overlaps: plain });
}

function profileAt(profiles: readonly ProfileView[], start: number): ProfileView | undefined {
  for (const profile of profiles) {
    const found = profile.node.start === start ? profile : profileAt(profile.children, start);
    if (found !== undefined) return found;
  }
  return undefined;
}
