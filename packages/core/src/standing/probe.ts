/**
 * A small profile that is compiled to learn what a rule comes to: alone, without the rule, in a wider form. It has no
 * name of its own; whoever compiles it gives it one.
 */
export interface Probe {
  /** What stands before the profile, each statement on lines of its own; ends without a line end. */
  readonly preamble: string;
  /** What stands between the profile's name and its body: attachment, xattrs, flags. */
  readonly head: string;
  readonly body: string;
  /** Policy features: those that the text asks for, or all of the kernel's own, whatever the text asks for. */
  readonly features: ProbeFeatures;
  /** Texts of the design that the preamble includes: the answer holds only as long as they are the same. */
  readonly includes: readonly string[];
  /** No parser is likely to refuse it or to need long for it, so that many may share a file. */
  readonly plain: boolean;
  /** To be compiled in a run that holds nothing else: 4.1.0 loses a deny of `m` now and then behind other profiles of a run. */
  readonly alone: boolean;
}

/** Which policy features a compilation goes by. */
export type ProbeFeatures = "text" | "kernel";

/** What came of a probe. */
export type ProbeOutcome<Reason extends string = string> =
  /** A compiled policy of this one profile, as `readCompiledPolicy` reads it; its name does not count. */
  | { readonly kind: "compiled"; readonly policy: Uint8Array }
  /** The parser's own sentence. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "undecided"; readonly reason: Reason; readonly why: string };

/** A probe that many rules share is looked up by each of them. */
const keys = new WeakMap<Probe, string>();

/** Names what a probe's answer depends on within one target: probes of one key are one probe. */
export function probeKey(probe: Probe): string {
  const known = keys.get(probe);
  if (known !== undefined) return known;
  const { preamble, head, body, features, includes, alone } = probe;
  const key = JSON.stringify([features, preamble, head, body, includes, alone]);
  keys.set(probe, key);
  return key;
}
