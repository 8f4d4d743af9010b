import type { TargetKind, UndecidedReason } from "@hauberk/contract";
import type { PolicyTree } from "./policy-tree.ts";

/** A target whose parser can be run here. */
export interface UsableTarget {
  readonly id: string;
  readonly label: string;
  readonly kind: Exclude<TargetKind, "approximation">;
  /** What whoever reads its verdicts must know; sentences without their full stops. */
  readonly notes: readonly string[];
  /** `3.0.8`. */
  readonly parserVersion: string;
  /** `6.1`. */
  readonly kernelVersion: string;
  /** The folder that is the root of a run: the parser, its libraries, its configuration, the feature file. */
  readonly root: string;
  /** The parser's path inside that root. */
  readonly program: string;
  /** The folder on this machine with the target's `/etc/apparmor.d`. */
  readonly policyFolder: string;
  /** What lies in it now. */
  readonly policy: PolicyTree;
  /** The tree is that of the machine where the policy is to work: what is missing in `local/` is missing there. */
  readonly isThisMachine: boolean;
  /** Its kernel's features, as text. */
  readonly features: string;
  /** The file of them on this machine where the root's own are others'; null where the root holds them. */
  readonly featuresFile: string | null;
  /** Its kernel tells single unix sockets apart; where not, what rules say of their peers is dropped. */
  readonly knowsUnixSockets: boolean;
  /** Changes with anything of the target that a verdict depends on. */
  readonly key: string;
}

/** A target that can't be used here: why, and what to do. */
export interface UnusableTarget {
  readonly id: string;
  readonly label: string;
  readonly kind: TargetKind;
  readonly parserVersion: string | null;
  readonly kernelVersion: string | null;
  readonly reason: Extract<UndecidedReason, "toolchain_missing" | "target_unusable" | "unknown_target" | "approximate">;
  readonly why: string;
  /** A target that is asked about the syntax in its place. */
  readonly nearest?: UsableTarget;
}

/** A target as it stands on this machine. */
export type ResolvedTarget =
  | { readonly usable: true; readonly target: UsableTarget }
  | { readonly usable: false; readonly target: UnusableTarget };
