import type { StandingRequest, StandingRow, TargetStatus, ValidationRequest, Verdict } from "@hauberk/contract";

/** A verdict as an engine gives it, with the time that its target took. */
export interface EngineAnswer {
  readonly verdict: Verdict;
  /** Wall time from the start of the run to the verdict; small where the verdict was remembered. */
  readonly milliseconds: number;
}

/** What the rules of a design come to on one target, as an engine gives it. */
export interface EngineStanding {
  readonly target: string;
  readonly rows: readonly StandingRow[];
  readonly milliseconds: number;
}

/** What a validation is told beside the request. */
export interface EngineCall {
  /** Ends the run and its processes. */
  readonly signal: AbortSignal;
  /** Who asks: the engine shares its workers fairly among these. */
  readonly client: string;
}

/** A file of a target's policy; `path` below `/etc/apparmor.d`. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/** A target's policy, or why it can't be had, as a sentence. */
export type EnginePolicy =
  | {
      readonly kind: "tree";
      readonly target: string;
      readonly parser: string;
      readonly files: readonly PolicyFile[];
      readonly leftOut: readonly string[];
      /** Changes with anything of it. */
      readonly hash: string;
    }
  | { readonly kind: "unknown" | "unusable"; readonly why: string };

/** What the service needs of whatever runs the parsers. */
export interface ValidationEngine {
  /** Every known target, and whether it can be used here. */
  listTargets(): Promise<readonly TargetStatus[]>;
  /** Why parsers can't be run in isolation here, as a clause without its full stop, or null where they can. */
  isolationProblem(): Promise<string | null>;
  /** One answer per target of the request, each as soon as it is there. Ends early where the signal aborts. */
  validate(request: ValidationRequest, call: EngineCall): AsyncIterable<EngineAnswer>;
  /** The rows of each target of the request, each as soon as they are there. Ends early where the signal aborts. */
  standings(request: StandingRequest, call: EngineCall): AsyncIterable<EngineStanding>;
  /** What lies in a target's `/etc/apparmor.d`. */
  policyTree(id: string): Promise<EnginePolicy>;
  /** The compiled policy of this SHA-256, where it is still kept. */
  compiledPolicy(sha256: string): Promise<Uint8Array | undefined>;
  /** Ends what still runs. */
  close(): Promise<void>;
}
