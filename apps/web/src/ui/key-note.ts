/** A key that a part of the page heeds by itself, told beside the code that heeds it. */
export interface KeyNote {
  /** Keys that do the same, `Ctrl+Z` style. */
  readonly keys: readonly string[];
  /** What they do, in the imperative. */
  readonly does: string;
}

/** The keys of one part of the page. */
export interface KeyNotes {
  readonly region: string;
  readonly notes: readonly KeyNote[];
}
