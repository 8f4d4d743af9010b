import type { BundleRecord, Revision, SavedDesign } from "./designs.ts";

/** What the gate of a saved design says of a bundle of some bytes. */
export interface GateAnswer {
  /**
   * `free`: nothing is asked of this bundle. `untold`: the bytes are those of an older revision, whose gate only the service
   * knows; it tells when the bundle is recorded.
   */
  readonly state: "open" | "closed" | "free" | "untold";
  /** How it stands, and what is missing where it is closed, in a sentence or two; empty where there is nothing to say. */
  readonly words: string;
  /** The newest revision with these bytes, as which the bundle is recorded; null where none is known: then nothing is. */
  readonly revision: number | null;
}

/**
 * What a person is told of the gate before a bundle is made. Whether it is open, the service says alone: once more when
 * the bundle is recorded.
 *
 * @param hash of the bytes that are to be bundled: see `revisionHash` of `@hauberk/core/bundle`.
 * @param revisions newest first, as the service lists them; they matter only where the bytes are not the newest revision's.
 */
export function gateForBytes(
  { gate, newest }: Pick<SavedDesign, "gate" | "newest">,
  hash: string,
  revisions: readonly Pick<Revision, "number" | "hash">[],
): GateAnswer {
  const { required, given, against, open } = gate;
  const revision =
    newest.hash === hash ? newest.number : (revisions.find((each) => each.hash === hash)?.number ?? null);
  if (revision !== null && newest.hash !== hash) {
    const words =
      `What is here is revision ${revision}, and revision ${newest.number} is the newest. ` +
      "Whether the gate is open for it is told when the bundle is recorded.";
    return { state: "untold", words, revision };
  }
  if (required === 0 && open) return { state: "free", words: "", revision };
  if (revision === null) {
    const asked = required === 0 ? "Somebody asks for changes" : `A bundle needs ${countWords(required)}`;
    // The service lists the last ones only.
    const listed = revisions.length < newest.number ? `the last ${revisions.length} revisions` : "the revisions";
    const words = `${asked}, and what is here is none of ${listed}. Save it as a revision, so that it can be approved.`;
    return { state: "closed", words, revision };
  }
  if (open) return { state: "open", words: `Revision ${revision} has ${given} of ${countWords(required)}.`, revision };
  const words = [
    ...(given < required ? [`Revision ${revision} has ${given} of ${countWords(required)}.`] : []),
    ...(against > 0 ? [`${against === 1 ? "Somebody asks" : `${against} people ask`} for changes of it.`] : []),
  ];
  return { state: "closed", words: words.join(" "), revision };
}

/** An approval as the manifest of a bundle names it: see `BundleApproval` of `@hauberk/core/bundle`. */
export interface NamedApproval {
  readonly revision: number;
  readonly hash: string;
  readonly by: string;
  readonly at: string;
}

/** The approvals of a recorded bundle as its manifest names them; null where nobody approved, as nobody had to. */
export function namedApprovals({
  hash,
  approvedBy,
}: Pick<BundleRecord, "hash" | "approvedBy">): NamedApproval[] | null {
  if (approvedBy.length === 0) return null;
  return approvedBy.map(({ name, revision, at }) => ({ revision, hash, by: name, at }));
}

function countWords(count: number): string {
  return count === 1 ? "1 approval" : `${count} approvals`;
}
