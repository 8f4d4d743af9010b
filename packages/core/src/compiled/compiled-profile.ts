import type { PolicyDatabase } from "./policy-database.ts";

/** What happens to an access that a profile does not allow. */
export type CompiledMode = "enforce" | "complain" | "kill" | "unconfined" | "prompt";

/** Sets of capabilities: the bit with a capability's number is set. */
export interface CapabilitySets {
  readonly allow: bigint;
  /** Logged though allowed. */
  readonly audit: bigint;
  /** Refused without a log line. */
  readonly quiet: bigint;
  /** Mentioned by some rule; the kernel reads it and makes no use of it. */
  readonly mentioned: bigint;
  /** Mediated by the rules of a policy's automaton instead. */
  readonly extended: bigint;
}

/** What decides whether a profile attaches to a program. */
export interface Attachment {
  /** The pattern as it was written; null where the policy does not bring it. */
  readonly pattern: string | null;
  readonly database: PolicyDatabase | null;
  /** How much of the pattern is plain: of two that match, the longer one attaches. */
  readonly length: number;
  /** Names of extended attributes that must match behind the path. */
  readonly xattrs: readonly string[];
}

/** A rule of `secmark`: which labels of packets. */
export interface SecmarkRule {
  readonly label: string;
  readonly audit: boolean;
  readonly deny: boolean;
}

/** Sockets of one address family as kernels before 4.17 were told of them: bits by socket type. */
export interface OldFamily {
  readonly allow: number;
  readonly audit: number;
  readonly quiet: number;
}

/**
 * A profile as it is in a compiled policy: what `apparmor_parser -S` writes and a kernel loads. Children and hats are
 * profiles of their own, named `parent//child`.
 */
export interface CompiledProfile {
  readonly name: string;
  /** The policy namespace that it is loaded into; null for that of who loads it. */
  readonly namespace: string | null;
  /** The version of the policy's language: 5 to 9. */
  readonly version: number;
  /** The profile that it takes the place of under another name. */
  readonly rename: string | null;
  readonly attachment: Attachment;
  readonly isHat: boolean;
  readonly mode: CompiledMode;
  /** Every access is logged. */
  readonly audit: boolean;
  /** The first number of the flags as it is: bit 1 for a hat, the rest for debugging. */
  readonly flags: number;
  /** How paths are made (`attach_disconnected`, `chroot_relative`, `mediate_deleted` …); null: the kernel's default. */
  readonly pathFlags: number | null;
  /** Where disconnected paths are attached. */
  readonly disconnectedPath: string | null;
  /** The number of the signal that mode `kill` sends; null for the kernel's choice. */
  readonly killSignal: number | null;
  readonly capabilities: CapabilitySets;
  /** Limits by name, in the kernel's units; only those that the profile sets. */
  readonly rlimits: ReadonlyMap<string, bigint>;
  readonly secmark: readonly SecmarkRule[];
  /** What kernels before 4.17 were told of sockets; null where the policy says it in its automaton, or not at all. */
  readonly oldNetwork: readonly OldFamily[] | null;
  /** The rules of all classes but files; null where the policy mediates none of them. */
  readonly policy: PolicyDatabase | null;
  /** The rules of files, execs and changes of profile; null where the policy has none of its own. */
  readonly file: PolicyDatabase | null;
  /** What programs may ask the kernel for by name. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  /** Where it lies in the policy that was read, from its version to its end. */
  readonly range: { readonly start: number; readonly end: number };
}

/** What reading a compiled policy gives: its profiles in their order, or why it is none and at which byte. */
export type CompiledPolicyReading =
  | { readonly ok: true; readonly profiles: readonly CompiledProfile[] }
  | { readonly ok: false; readonly why: string; readonly offset: number };
