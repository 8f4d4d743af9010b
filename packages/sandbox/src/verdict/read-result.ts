import { createHash } from "node:crypto";
import type { ParserDiagnostic, TargetKind, UndecidedReason, ValidationRequest, Verdict } from "@hauberk/contract";
import type { ConfinedResult } from "../confinement/confined-run.ts";
import type { RunLimits } from "../confinement/limits.ts";
import type { MachineFiles } from "../job/machine-files.ts";
import { diagnosticsOf } from "../messages/diagnostics.ts";
import type { TargetPolicy } from "../messages/includable-files.ts";

/** What a verdict is about, for its sentences. */
export interface VerdictSubject {
  readonly target: string;
  readonly parser: string | null;
  readonly kernel: string | null;
  readonly kind?: TargetKind;
  /** What must be known of the target beside its verdict; not there where that is nothing. */
  readonly notes?: string[];
}

/** A verdict, and the compiled policy that it names. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly policy: Uint8Array | null;
}

// Numbers of signal(7), the same on both architectures.
const killed = 9;
const cpuTimeUp = 24;
const fileTooLarge = 25;
const forbiddenCall = 31;

const outOfMemory = /bad_alloc|out of memory|memory allocation|cannot allocate memory|failed to map segment/i;
/** As bubblewrap and setpriv say it. */
const notExecuted = /execvp|failed to execute/;
const brokenToolchain = /error while loading shared libraries|symbol lookup error/;

const brokenSentence =
  "The target's parser can't be started; its toolchain is damaged. `npm run toolchains` looks at it and fetches it anew.";

/** An undecided verdict. */
export function undecided(
  subject: VerdictSubject,
  reason: UndecidedReason,
  summary: string,
  diagnostics: readonly ParserDiagnostic[] = [],
): Judgement {
  const verdict: Verdict = {
    ...subject,
    verdict: "undecided",
    reason,
    summary,
    diagnostics: [...diagnostics],
    compiled: null,
  };
  return { verdict, policy: null };
}

/** A verdict of refusal, for reasons that the diagnostics name. */
export function rejected(
  subject: VerdictSubject,
  summary: string,
  diagnostics: readonly ParserDiagnostic[],
): Judgement {
  const verdict: Verdict = {
    ...subject,
    verdict: "rejected",
    reason: null,
    summary,
    diagnostics: [...diagnostics],
    compiled: null,
  };
  return { verdict, policy: null };
}

/** What was judged, beside the design's files: what they may include, and what of `local/` was taken as empty. */
export interface JudgedSurroundings {
  readonly target?: TargetPolicy;
  readonly machineFiles?: MachineFiles;
}

/** Reads what came of the parser's run. Only an orderly end is a verdict; everything else says why there is none. */
export function readResult(
  subject: VerdictSubject,
  result: ConfinedResult,
  files: ValidationRequest["files"],
  limits: RunLimits,
  { target, machineFiles }: JudgedSurroundings = {},
): Judgement {
  if (result.kind === "notStarted" && notExecuted.test(result.why)) {
    return undecided(subject, "target_unusable", brokenSentence);
  }
  if (result.kind === "notStarted") {
    return undecided(subject, "sandbox_unavailable", `The parser can't be run in isolation here: ${result.why}`);
  }
  const text = result.messages.toString();
  if (result.kind === "stopped") return stopped(subject, result, limits, diagnosticsOf(text, true, files, target));
  const failed = result.code !== 0;
  const diagnostics = [...diagnosticsOf(text, failed, files, target), ...(machineFiles?.notes ?? [])];
  if (result.messagesCut) diagnostics.push(cutNotice(limits));
  if (result.signal !== null) return signalled(subject, result.signal, text, limits, diagnostics);
  if (failed && outOfMemory.test(text)) return undecided(subject, "memory_limit", memorySentence(limits), diagnostics);
  if (failed && brokenToolchain.test(text)) {
    return undecided(subject, "target_unusable", brokenSentence, diagnostics);
  }
  if (failed || diagnostics.some((one) => one.severity === "error")) {
    return refused(subject, result.code, diagnostics);
  }
  return accepted(subject, result.output, diagnostics, machineFiles?.paths ?? []);
}

function accepted(
  subject: VerdictSubject,
  policy: Buffer,
  diagnostics: ParserDiagnostic[],
  emptyFiles: readonly string[],
): Judgement {
  const count = diagnostics.length;
  const warnings = count === 0 ? "" : `, with ${count} ${count === 1 ? "warning" : "warnings"}`;
  const nothing = policy.length === 0 ? " There is no profile in it." : "";
  const counted = `\`${emptyFiles[0]}\`${emptyFiles.length > 1 ? ` and ${emptyFiles.length - 1} more of \`local/\`` : ""}`;
  const empty = emptyFiles.length === 0 ? "" : ` Taken as empty, because only a machine has it: ${counted}.`;
  const verdict: Verdict = {
    ...subject,
    verdict: "accepted",
    reason: null,
    summary: `${parserName(subject)} accepts the design for kernel ${subject.kernel}${warnings}.${nothing}${empty}`,
    diagnostics,
    compiled: { sha256: createHash("sha256").update(policy).digest("hex"), size: policy.length },
  };
  return { verdict, policy };
}

function refused(subject: VerdictSubject, code: number | null, diagnostics: ParserDiagnostic[]): Judgement {
  const first = diagnostics.find((one) => one.severity === "error");
  if (!first) {
    const message = `The parser ended with code ${code} and did not say why.`;
    const silent: ParserDiagnostic = { file: null, line: null, column: null, severity: "error", message };
    return rejected(subject, `${parserName(subject)} refuses the design and does not say why.`, [
      ...diagnostics,
      silent,
    ]);
  }
  const place = first.file === null ? "" : ` (${first.file}${first.line === null ? "" : `, line ${first.line}`})`;
  const [said = ""] = first.message.split("\n");
  return rejected(
    subject,
    `${parserName(subject)} refuses the design: ${said.replace(/\.$/, "")}${place}.`,
    diagnostics,
  );
}

function stopped(
  subject: VerdictSubject,
  result: Extract<ConfinedResult, { kind: "stopped" }>,
  limits: RunLimits,
  diagnostics: ParserDiagnostic[],
): Judgement {
  const { by, milliseconds = limits.wallMilliseconds } = result;
  if (by === "abort" || by === "pace") return undecided(subject, "cancelled", "The validation was cancelled.");
  if (by === "output") {
    const summary = `The compiled policy is larger than ${inMebibytes(limits.policyBytes)}.`;
    return undecided(subject, "output_limit", summary, diagnostics);
  }
  const seconds = milliseconds / 1000;
  return undecided(subject, "time_limit", `The parser was not done after ${seconds} seconds.`, diagnostics);
}

function signalled(
  subject: VerdictSubject,
  signal: number,
  text: string,
  limits: RunLimits,
  diagnostics: ParserDiagnostic[],
): Judgement {
  if (signal === cpuTimeUp) {
    const seconds = limits.cpuSeconds.soft;
    const summary = `The parser used up its ${seconds} seconds of processor time. Globs with many alternations or wildcards cost the most.`;
    return undecided(subject, "cpu_limit", summary, diagnostics);
  }
  if (signal === forbiddenCall || signal === fileTooLarge) {
    return undecided(
      subject,
      "sandbox_violation",
      "The parser tried what the sandbox forbids and was stopped.",
      diagnostics,
    );
  }
  // The kernel itself kills a process where the whole machine is out of memory.
  if (signal === killed || outOfMemory.test(text)) {
    return undecided(subject, "memory_limit", memorySentence(limits), diagnostics);
  }
  const summary = `${parserName(subject)} crashed (signal ${signal}). That is a fault of the parser, and no verdict.`;
  return undecided(subject, "parser_crashed", summary, diagnostics);
}

function cutNotice(limits: RunLimits): ParserDiagnostic {
  const message = `The parser said more than ${limits.messageBytes / 1024} KiB; the rest is left out.`;
  return { file: null, line: null, column: null, severity: "warning", message };
}

function memorySentence(limits: RunLimits): string {
  return `The parser needed more memory than the ${inMebibytes(limits.addressSpaceBytes)} it gets.`;
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MiB`;
}

function parserName(subject: VerdictSubject): string {
  return subject.parser === null ? "apparmor_parser" : `apparmor_parser ${subject.parser}`;
}
