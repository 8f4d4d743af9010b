import type { TargetStatus, Verdict } from "@hauberk/contract";
import type { ArrivedVerdict, ServiceFailure } from "../../api-client/index.ts";

/** What is known of one target's verdict on the text as it is now. */
export type VerdictState =
  /** There is no policy file to judge. */
  | { readonly kind: "nothing" }
  /** On its way; the verdict before, on an older text, stays in sight. */
  | { readonly kind: "checking"; readonly previous: ArrivedVerdict | null }
  /** Said by the target's parser of exactly this text. */
  | { readonly kind: "known"; readonly verdict: Verdict }
  | { readonly kind: "unreachable"; readonly previous: ArrivedVerdict | null }
  | {
      readonly kind: "refused";
      readonly title: string;
      readonly detail: string;
      readonly previous: ArrivedVerdict | null;
    };

/** A chosen target with what the service says of it and its verdict. */
export interface TargetVerdict {
  readonly id: string;
  readonly label: string;
  /** Null while the service has not said. */
  readonly status: TargetStatus | null;
  readonly state: VerdictState;
}

interface Known {
  /** Something to judge. */
  readonly subject: boolean;
  /** The verdict on the current text, where it has come. */
  readonly current: Verdict | undefined;
  /** The verdict on the text before. */
  readonly previous: ArrivedVerdict | undefined;
  readonly failure: ServiceFailure | null;
}

/** The state that follows from what is known. */
export function verdictState({ subject, current, previous, failure }: Known): VerdictState {
  if (!subject) return { kind: "nothing" };
  if (current !== undefined) return { kind: "known", verdict: current };
  const before = previous ?? null;
  if (failure === null) return { kind: "checking", previous: before };
  if (failure.kind === "unreachable") return { kind: "unreachable", previous: before };
  return { kind: "refused", title: failure.title, detail: failure.detail, previous: before };
}

/** What a verdict is called and how it is marked. */
export interface VerdictWords {
  readonly word: string;
  readonly tone: "good" | "bad" | "warn" | "none";
  /** One sentence. */
  readonly detail: string;
}

/** The words for a state. "Accepted" stands here only for what the target's parser said. */
export function verdictWords(state: VerdictState): VerdictWords {
  switch (state.kind) {
    case "nothing":
      return { word: "Nothing to check", tone: "none", detail: "The design has no profile yet." };
    case "checking":
      return {
        word: "Checking",
        tone: "none",
        detail:
          state.previous === null ? "" : `Before this change ${state.previous.verdict}: ${state.previous.summary}`,
      };
    case "unreachable":
      return {
        word: "No answer",
        tone: "warn",
        detail:
          "Hauberk’s service does not answer. Your work is saved in this browser; the verdict follows when it is back.",
      };
    case "refused":
      return { word: "Not checked", tone: "warn", detail: `${state.title}: ${state.detail}` };
    case "known":
      return knownWords(state.verdict);
  }
}

function knownWords(verdict: Verdict): VerdictWords {
  const { summary } = verdict;
  if (verdict.verdict === "accepted") return { word: "Accepted", tone: "good", detail: summary };
  if (verdict.verdict === "rejected") return { word: "Rejected", tone: "bad", detail: summary };
  const word = verdict.reason === "approximate" ? "Approximate" : "Undecided";
  return { word, tone: "warn", detail: summary };
}
