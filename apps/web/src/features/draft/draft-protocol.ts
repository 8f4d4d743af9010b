import type { Draft, ProgramCandidate, ProgramSuggestions } from "@hauberk/core/draft";

/** A file as it crosses to the worker. */
export interface DraftFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was read, in a few words. */
export interface DraftAbout {
  readonly name: string;
  readonly version: string | null;
  readonly architecture: string | null;
  readonly summary: string | null;
  readonly files: number;
  readonly units: readonly string[];
}

/** What the worker is told to do, in this order. Plain data. */
export type DraftRequest =
  | { readonly kind: "read"; readonly files: readonly DraftFile[]; readonly paths: readonly string[] }
  | { readonly kind: "suggest"; readonly programs: readonly string[] }
  | {
      readonly kind: "compose";
      /** The lines that are taken, by program. */
      readonly taken: readonly (readonly [program: string, ids: readonly string[]])[];
      readonly complain: boolean;
    };

/** What it answers. */
export type DraftAnswer =
  | { readonly kind: "progress"; readonly part: number }
  | { readonly kind: "refused"; readonly reason: string }
  | {
      readonly kind: "read";
      readonly about: DraftAbout;
      readonly candidates: readonly ProgramCandidate[];
      /** What units start that is no candidate, each as a sentence with the reason. */
      readonly unfound: readonly string[];
    }
  | { readonly kind: "suggested"; readonly suggestions: readonly ProgramSuggestions[] }
  | { readonly kind: "composed"; readonly draft: Draft };
