import type { SavedDesign } from "./designs.ts";

/** What the gate of a saved design says of a bundle of some bytes. */
export interface GateAnswer {
  /** `free`: nothing is asked of this bundle. */
  readonly state: "open" | "closed" | "free";
  /** How it stands, and what is missing where it is closed, in a sentence or two; empty where there is nothing to say. */
  readonly words: string;
  /** The revision that the bundle is recorded as; null where no revision has these bytes: then nothing is. */
  readonly revision: number | null;
}

/**
 * What a person is told of the gate before a bundle is made. Whether it is open, the service says alone: once more when
 * the bundle is recorded.
 *
 * @param hash of the bytes that are to be bundled: see `revisionHash` of `@hauberk/core/bundle`.
 */
export function gateForBytes({ gate, newest }: Pick<SavedDesign, "gate" | "newest">, hash: string): GateAnswer {
  const { required, given, against, open } = gate;
  const revision = newest.hash === hash ? newest.number : null;
  if (required === 0 && open) return { state: "free", words: "", revision };
  if (revision === null) {
    const asked = required === 0 ? "Somebody asks for changes" : `A bundle needs ${countWords(required)}`;
    const words = `${asked}, and what is here is not revision ${newest.number}. Save it as a revision, so that it can be approved.`;
    return { state: "closed", words, revision };
  }
  if (open) return { state: "open", words: `Revision ${revision} has ${given} of ${countWords(required)}.`, revision };
  const words = [
    ...(given < required ? [`Revision ${revision} has ${given} of ${countWords(required)}.`] : []),
    ...(against > 0 ? [`${against === 1 ? "Somebody asks" : `${against} people ask`} for changes of it.`] : []),
  ];
  return { state: "closed", words: words.join(" "), revision };
}

function countWords(count: number): string {
  return count === 1 ? "1 approval" : `${count} approvals`;
}
