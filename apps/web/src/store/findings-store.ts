import type { Diagnostic, Fix, Severity, TextRange } from "@hauberk/core/text";
import { LineIndex } from "@hauberk/core/text";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Texts } from "./history.ts";

/** A message of a target's parser, placed in the design where it can be. Line from 1. */
export interface ParserFinding {
  readonly target: string;
  readonly label: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the message means or where it is from, in the service's words; null where it did not say. */
  readonly explanation: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly range: TextRange | null;
}

interface FindingsState {
  /** What the worker found, and the texts that it looked at. */
  readonly lint: { readonly texts: Texts; readonly diagnostics: readonly Diagnostic[] } | null;
  /** What the targets' parsers said, and the texts that they read. */
  readonly parser: { readonly texts: Texts; readonly findings: readonly ParserFinding[] } | null;
}

/** What the checks and the parsers found in the open design. */
export const findingsStore = createStore<FindingsState>()(() => ({ lint: null, parser: null }));

/** A part of the findings. */
export function useFindings<T>(part: (state: FindingsState) => T): T {
  return useStore(findingsStore, part);
}

/** The source of what Hauberk itself finds; other sources are targets by their labels. */
export const ownSource = "Hauberk";

/** One line of the list of problems. */
export interface Problem {
  readonly key: string;
  readonly severity: Severity;
  /** Who says it: `Hauberk`, or a target's label. */
  readonly source: string;
  readonly message: string;
  /** `rule/bad-glob`, `lint/shared-tmp` …: names the page that tells more; null for a parser's message. */
  readonly code: string | null;
  readonly why: string | null;
  readonly path: string | null;
  /** From 1; null where nobody can tell. */
  readonly line: number | null;
  readonly range: TextRange | null;
  readonly fixes: readonly Fix[];
  /** The texts that this was said of: its ranges and fixes count in them. */
  readonly texts: Texts;
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** All findings as one list: errors first, then by place. */
export function problemsOf(state: FindingsState): readonly Problem[] {
  const problems: Problem[] = [];
  const lines = new Map<string, LineIndex>();
  for (const [index, diagnostic] of (state.lint?.diagnostics ?? []).entries()) {
    const texts = state.lint?.texts ?? new Map<string, string>();
    const known = lines.get(diagnostic.path) ?? new LineIndex(texts.get(diagnostic.path) ?? "");
    lines.set(diagnostic.path, known);
    problems.push({
      key: `lint ${index} ${diagnostic.code}`,
      severity: diagnostic.severity,
      source: ownSource,
      message: diagnostic.message,
      code: diagnostic.code,
      why: diagnostic.why ?? null,
      path: diagnostic.path,
      line: known.positionAt(diagnostic.range.start).line,
      range: diagnostic.range,
      fixes: diagnostic.fixes ?? [],
      texts,
    });
  }
  for (const [index, finding] of (state.parser?.findings ?? []).entries()) {
    problems.push({
      key: `parser ${index} ${finding.target}`,
      severity: finding.severity,
      source: finding.label,
      message: finding.message,
      code: null,
      why: finding.explanation,
      path: finding.path,
      line: finding.line,
      range: finding.range,
      fixes: [],
      texts: state.parser?.texts ?? new Map(),
    });
  }
  return problems.toSorted(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      (a.path ?? "").localeCompare(b.path ?? "") ||
      (a.line ?? 0) - (b.line ?? 0),
  );
}

let known: { readonly state: FindingsState; readonly problems: readonly Problem[] } | null = null;

/** The list of problems; the same array while nothing changed. */
export function currentProblems(): readonly Problem[] {
  const state = findingsStore.getState();
  if (known?.state !== state) known = { state, problems: problemsOf(state) };
  return known.problems;
}

/** The list of problems, in a component. */
export function useProblems(): readonly Problem[] {
  return useStore(findingsStore, () => currentProblems());
}

/** True where a fix still fits: every file that it edits reads as when the fix was made. */
export function fixFits(fix: Fix, made: Texts, now: Texts): boolean {
  return fix.edits.every(({ path }) => now.has(path) && now.get(path) === made.get(path));
}
